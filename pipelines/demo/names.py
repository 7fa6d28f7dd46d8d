"""Invented names of people."""

import numpy as np
import numpy.typing as npt

Names = npt.NDArray[np.object_]

_FAMILY = (
    "Bai Cao Chen Cheng Deng Ding Fan Feng Gao Gu Guo He Hu Huang Jiang Jin Kong Lei Liang Liao Lu Luo Ma Mao Meng "
    "Ning Pan Peng Qian Qin Shi Song Su Sun Tan Tang Tian Wan Wei Wen Wu Xia Xie Xu Yan Yang Yao Ye Yu Yuan Zeng Zhu"
)
_GIVEN = (
    "Anqi Baihe Chenxi Dongmei Enlai Fangyu Guanting Haoran Jiayi Kaiwen Lanying Mingyue Ninghai Peishan Qingshan "
    "Ruolin Shuyao Tianyu Wenjing Xiaoming Yichen Zhiqiang Bowen Chunhua Daiyu Feifei Guoping Huilan Jianguo Keying "
    "Lihua Meilin Nanxi Pengfei Rongrong Siyuan Tingting Weimin Xueqin Yufeng Zihan Alan Beth Carol Daniel Emma Frank"
)
_FAMILY_ZH = "白曹陈程邓丁范冯高顾郭何胡黄江金孔雷梁廖陆罗马毛孟宁潘彭钱秦石宋苏孙谭唐田万魏文吴夏谢许严杨姚叶余袁"
_GIVEN_ZH = (
    "安琪 晨曦 冬梅 方宇 浩然 佳怡 凯文 兰英 明月 宁海 佩珊 青山 若林 书瑶 天宇 文静 晓明 一辰 志强 博文 春华 国平"
)


def latin_names(count: int, random: np.random.Generator) -> Names:
    """So many different names in Latin letters, numbered once all pairs are used."""
    return _pairs(_FAMILY.split(), _GIVEN.split(), " ", count, random)


def chinese_names(count: int, random: np.random.Generator) -> Names:
    """So many different names in Chinese characters, numbered once all pairs are used."""
    return _pairs(list(_FAMILY_ZH), _GIVEN_ZH.split(), "", count, random)


def _pairs(family: list[str], given: list[str], joint: str, count: int, random: np.random.Generator) -> Names:
    pairs = np.array([first + joint + last for first in family for last in given], dtype=object)
    shuffled = random.permutation(pairs)
    rounds = np.arange(count) // len(pairs)
    suffix = np.array(["", *(f" {number}" for number in range(2, rounds.max(initial=0) + 2))], dtype=object)
    return np.asarray(shuffled[np.arange(count) % len(pairs)] + suffix[rounds], dtype=object)
