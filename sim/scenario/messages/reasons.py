"""Why a file or a line cannot be read, in every language: what `{reason}` stands for."""

REASONS: dict[str, tuple[str, str]] = {
    # files
    "no-permission": ("you have no permission to read it", "没有读取它的权限"),
    "link-circle": ("it is a link that leads back to itself", "它是一个指回自身的链接"),
    "name-too-long": ("its name is too long", "文件名太长"),
    "bad-name": ("no file can have this name", "文件不可能叫这个名字"),
    "not-a-folder": ("a part of its path is no folder", "路径中有一段不是文件夹"),
    "no-file": ("it is a device or a pipe, not a file", "它是设备或管道，不是文件"),
    "system": ("the system refuses it", "系统拒绝读取"),
    # lines
    "name": ("a name is expected after '&' or '*'", "“&”或“*”后面应有名称"),
    "comment": ("only a comment can stand here", "这里只能写注释"),
    "character": ("no text can begin with this character", "文字不能以这个字符开头"),
    "tab": ("a tab stands where a space belongs", "该用空格的地方用了制表符"),
    "tag": ("what begins with '!' is a YAML tag", "以“!”开头的是 YAML 标签"),
    "digits": (
        r"after \x, \u and \U digits from 0 to 9 and letters from a to f are expected",
        r"\x、\u、\U 后面应是 0 到 9 的数字和 a 到 f 的字母",
    ),
    "indent": (
        "the number after '|' or '>' is from 1 to 9",
        "“|”或“>”后面的数字应在 1 到 9 之间",
    ),
    "document": ("--- or ... ends the text before it", "--- 或 ... 会让前面的内容结束"),
    "end": ("the file ends too early", "文件结束得太早"),
    "unexpected": ("something else is expected here", "这里应是别的内容"),
}

# What libyaml and PyYAML complain of, by words that both use; the first that fits counts.
_COMPLAINTS = (
    ("alphabetic or numeric", "name"),
    ("comment or", "comment"),
    ("cannot start any token", "character"),
    ("tab character", "tab"),
    ("hexdecimal", "digits"),
    ("hexadecimal", "digits"),
    ("Unicode character", "digits"),
    ("indentation indicator", "indent"),
    ("document", "document"),
    ("end of stream", "end"),
    ("tag", "tag"),
)


def reason_of(complaint: str) -> str:
    """The key of the reason for what a YAML parser complains of."""
    return next((key for words, key in _COMPLAINTS if words in complaint), "unexpected")
