"""What the acting person does on the page, as it arrives from the browser."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from sandbox.slack.delivery import Delivery
from sandbox.slack.person import Person


class _Deed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    user: str


class Command(_Deed):
    """A slash command typed into a channel."""

    kind: Literal["command"]
    text: str
    channel_id: str | None = None

    def do(self, person: Person) -> Delivery | None:
        """Type it."""
        return person.command(self.text, self.channel_id)


class Shortcut(_Deed):
    """A global shortcut."""

    kind: Literal["shortcut"]
    callback_id: str

    def do(self, person: Person) -> Delivery | None:
        """Choose it."""
        return person.shortcut(self.callback_id)


class Press(_Deed):
    """A button, or an entry of an overflow menu, in a view or a message."""

    kind: Literal["press"]
    action_id: str
    block_id: str
    value: str | None = None
    view_id: str | None = None
    channel: str | None = None
    ts: str | None = None

    def do(self, person: Person) -> Delivery | None:
        """Press it."""
        return person.press(
            self.action_id,
            view_id=self.view_id,
            channel=self.channel,
            ts=self.ts,
            block_id=self.block_id,
            value=self.value,
        )


class Change(_Deed):
    """A new value in an input of a view."""

    kind: Literal["change"]
    view_id: str
    block_id: str
    action_id: str
    value: str | list[str] | None
    dispatch: bool = True

    def do(self, person: Person) -> Delivery | None:
        """Enter it."""
        return person.change(self.view_id, self.block_id, self.action_id, self.value, dispatch=self.dispatch)


class Suggest(_Deed):
    """Letters typed into an external select."""

    kind: Literal["suggest"]
    view_id: str
    block_id: str
    action_id: str
    text: str

    def do(self, person: Person) -> Delivery | None:
        """Ask the app what fits."""
        return person.suggest(self.view_id, self.block_id, self.action_id, self.text)


class Submit(_Deed):
    """A modal's submit button."""

    kind: Literal["submit"]
    view_id: str

    def do(self, person: Person) -> Delivery | None:
        """Press it."""
        return person.submit(self.view_id)


class Close(_Deed):
    """A modal's close button."""

    kind: Literal["close"]
    view_id: str

    def do(self, person: Person) -> Delivery | None:
        """Press it."""
        return person.close(self.view_id)


class Home(_Deed):
    """The app's Home tab."""

    kind: Literal["home"]

    def do(self, person: Person) -> Delivery | None:
        """Open it."""
        return person.open_home()


Deed = Annotated[
    Command | Shortcut | Press | Change | Suggest | Submit | Close | Home, Field(discriminator="kind")
]
_deeds: TypeAdapter[Deed] = TypeAdapter(Deed)


def parse_deed(body: object) -> Deed:
    """Read a deed; pydantic's ValidationError says what is wrong with it."""
    return _deeds.validate_python(body)
