"""What a page says, as text."""

from typing import Any

import pandas as pd
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

WORDS = ("title", "header", "subheader", "markdown", "caption", "info", "error", "metric", "text", "code")


def said(app: AppTest) -> str:
    """Everything on the page but tables and charts."""
    values = [element.value for kind in WORDS for element in app.get(kind) if getattr(element, "value", None)]
    return "\n".join(map(str, values))


def cells(app: AppTest) -> str:
    """Everything in the page's tables."""
    return "\n".join(frame.value.to_csv() for frame in app.dataframe)


def printed(frame: Any) -> pd.DataFrame:
    """The cells of a table as they are printed, where that differs from their values."""
    return convert_arrow_bytes_to_pandas_df(frame.proto.arrow_data.styler.display_values)
