"""Loaded before the first input is read: imports what a text notice needs, and reads one.

The fork server loads this module once for all workers; where workers are new processes, each does. Reading a notice
loads the word lists and compiles the patterns that are made on first use, so that no input pays for them, and workers
share them.
"""

from __future__ import annotations

import gc
from contextlib import suppress

from ..pipeline import parse_bytes

_NOTICE = """关于印发《某某市重点工作实施方案》的通知
某政办发〔2020〕1号
各县（市、区）人民政府，市直各单位：
现将《某某市重点工作实施方案》印发给你们，请认真贯彻执行。根据《国务院关于某项工作的意见》（国发〔2019〕2号）制定。
某某市人民政府办公室
2020年1月2日
某某市重点工作实施方案
一、工作目标
到2020年底前，完成全部任务。
二、工作步骤
（一）动员部署阶段（2020年1月至3月）。各单位制定方案，于3月10日前报市教育局。
（二）组织实施阶段（2020年4月—10月底）。
三、重点任务
1.加强领导。落实各项责任。（牵头单位：市教育局；责任单位：市财政局、各县区人民政府；完成时限：2020年6月30日）
2.强化监管。由市水利局牵头，市公安局配合，2020年9月底前完成。
四、组织领导
成立工作领导小组。
组　长：张三　市委常委、副市长
副组长：李四　市教育局局长
成　员：王五　市财政局副局长
领导小组办公室设在市教育局，办公室主任由李四兼任。
联系人：赵六，电话：0000-0000000
附件：1.任务分解表
抄送：市委办公室
"""

with suppress(Exception):  # a fault in it is told by the inputs that meet it; workers start all the same
    parse_bytes(_NOTICE.encode(), "notice.txt").to_json()
gc.collect()
gc.freeze()  # in the server: what its forks never look at stays shared
