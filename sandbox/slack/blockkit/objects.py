"""The composition objects: texts, options, confirmations, images."""

from sandbox.slack.blockkit.schema import Bool, Choice, ListOf, Shape, Spec, Str, Typed

PLAIN = "plain_text"
ID = Str(255)
OPTIONS_MOST = 100


def plain(most: int) -> Spec:
    """Return the rule for a plain text of up to `most` characters; an empty one is refused."""
    return Typed({PLAIN: Shape({"type!": Choice((PLAIN,)), "text!": Str(most), "emoji": Bool()})})


def text(most: int) -> Spec:
    """Return the rule for a plain or mrkdwn text of up to `most` characters."""
    mrkdwn = Shape({"type!": Choice(("mrkdwn",)), "text!": Str(most), "verbatim": Bool()})
    plain_shape = Shape({"type!": Choice((PLAIN,)), "text!": Str(most), "emoji": Bool()})
    return Typed({PLAIN: plain_shape, "mrkdwn": mrkdwn})


def option(label: Spec) -> Spec:
    """Return the rule for an option whose label follows `label`."""
    return Shape({"text!": label, "value!": Str(150), "description": text(75), "url": Str(3000)})


MENU_OPTION = option(plain(75))
BOX_OPTION = option(text(75))
OPTION_GROUP = Shape({"label!": plain(75), "options!": ListOf(MENU_OPTION, OPTIONS_MOST)})
CONFIRM = Shape(
    {
        "title!": plain(100),
        "text!": text(300),
        "confirm!": plain(30),
        "deny!": plain(30),
        "style": Choice(("primary", "danger")),
    }
)
SLACK_FILE = Shape({"id": Str(255), "url": Str(3000)}, one_of=("id", "url"))
STYLE = Choice(("primary", "danger"))
