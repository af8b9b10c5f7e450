"""Common Japanese names, written and read, out of which people are put together."""

SURNAME_TABLE = """
佐藤/サトウ 鈴木/スズキ 高橋/タカハシ 田中/タナカ 伊藤/イトウ
渡辺/ワタナベ 山本/ヤマモト 中村/ナカムラ 小林/コバヤシ 加藤/カトウ
吉田/ヨシダ 山田/ヤマダ 佐々木/ササキ 山口/ヤマグチ 松本/マツモト
井上/イノウエ 木村/キムラ 林/ハヤシ 斎藤/サイトウ 清水/シミズ
山崎/ヤマザキ 森/モリ 池田/イケダ 橋本/ハシモト 阿部/アベ
石川/イシカワ 山下/ヤマシタ 中島/ナカジマ 石井/イシイ 小川/オガワ
前田/マエダ 岡田/オカダ 長谷川/ハセガワ 藤田/フジタ 後藤/ゴトウ
近藤/コンドウ 村上/ムラカミ 遠藤/エンドウ 青木/アオキ 坂本/サカモト
"""

GIVEN_NAME_TABLE = """
翔/ショウ/male 蓮/レン/male 大輔/ダイスケ/male 健太/ケンタ/male
拓也/タクヤ/male 誠/マコト/male 隆/タカシ/male 浩/ヒロシ/male
直樹/ナオキ/male 剛/ツヨシ/male 悠斗/ユウト/male 樹/イツキ/male
和也/カズヤ/male 亮/リョウ/male 修/オサム/male 茂/シゲル/male
陽菜/ヒナ/female 葵/アオイ/female 美咲/ミサキ/female 彩/アヤ/female
愛/アイ/female 恵/メグミ/female 由美子/ユミコ/female 久美子/クミコ/female
真由美/マユミ/female 智子/トモコ/female 結衣/ユイ/female 凛/リン/female
桜/サクラ/female 千尋/チヒロ/female
"""

SURNAMES = [tuple(entry.split("/")) for entry in SURNAME_TABLE.split()]
"""Surname and its kana."""

GIVEN_NAMES = [tuple(entry.split("/")) for entry in GIVEN_NAME_TABLE.split()]
"""Given name, its kana and the gender that it goes with."""
