"""The page most people would write in Streamlit: it reads the files and computes all of it again at every click."""

import os
from pathlib import Path

import streamlit as st

from tests.benchmarks.works import completion_by_script

completion = completion_by_script(Path(os.environ["OKR_FILES"]))
team = st.selectbox("Team", completion.index)
st.bar_chart(completion.loc[team])
st.dataframe(completion)
