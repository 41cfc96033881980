"""A browser without scripts: reads a page, follows its links, and sends its forms as they stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

from tests.classroom.serving import NO_CERTIFICATES

VOID = {"meta", "link", "input", "img", "br", "hr", "rect", "path", "line", "circle", "image"}


@dataclass
class Form:
    """A form with what would be sent.

    Attributes:
        action: Where to.
        method: `get` or `post`.
        fields: What stands in it.
        buttons: What each button adds, by its id; those that cannot be pressed are missing.
    """

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class Reader(HTMLParser):
    """What a page offers: links, forms, text, and everything that it loads."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: dict[str, str] = {}
        self.forms: list[Form] = []
        self.loaded: list[str] = []
        self.attributes: set[str] = set()
        self.tags: list[str] = []
        self.words: list[str] = []
        self._chosen = ""
        self._area = ""
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes note of an element."""
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes |= found.keys()
        if tag not in VOID:
            self._open.append(tag)
        if tag in {"script", "link", "img", "image"}:
            self.loaded.append(found.get("src") or found.get("href") or "")
        if tag in _TAKEN:
            _TAKEN[tag](self, found)

    def handle_endtag(self, tag: str) -> None:
        """Leaves an element."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "select":
            self._chosen = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """Takes note of text that is read."""
        if "script" not in self._open and "style" not in self._open:
            self.words.append(data)
        if self._area:
            self.forms[-1].fields[self._area] += data

    @property
    def text(self) -> str:
        """Everything that can be read, with single spaces."""
        return " ".join(" ".join(self.words).split())

    def _a(self, found: dict[str, str]) -> None:
        self.links[found.get("id") or found.get("href", "")] = found.get("href", "")

    def _form(self, found: dict[str, str]) -> None:
        self.forms.append(Form(found["action"], found.get("method", "get")))

    def _input(self, found: dict[str, str]) -> None:
        kind = found.get("type", "text")
        if "name" not in found or not self.forms:
            return
        if kind in {"radio", "checkbox"} and "checked" not in found:
            return
        self.forms[-1].fields[found["name"]] = found.get("value", "")

    def _choice(self, found: dict[str, str]) -> None:
        self._chosen = found["name"]

    def _textarea(self, found: dict[str, str]) -> None:
        self._area = found["name"]
        self.forms[-1].fields[self._area] = ""

    def _option(self, found: dict[str, str]) -> None:
        known = self.forms[-1].fields
        if "selected" in found or self._chosen not in known:
            known[self._chosen] = found.get("value", "")

    def _button(self, found: dict[str, str]) -> None:
        if self.forms and "disabled" not in found:
            name = found.get("id") or found.get("name", "")
            added = (found.get("name", ""), found.get("value", ""))
            self.forms[-1].buttons[name] = added


_TAKEN = {
    "a": Reader._a,
    "form": Reader._form,
    "input": Reader._input,
    "select": Reader._choice,
    "textarea": Reader._textarea,
    "option": Reader._option,
    "button": Reader._button,
}


class Browser:
    """One person's browser.

    Attributes:
        page: What is shown.
        answer: The response that it came with.
    """

    def __init__(self, address: str, lang: str = "en") -> None:
        self.client = httpx.Client(
            base_url=address,
            follow_redirects=True,
            headers={"accept-language": lang},
            timeout=60.0,  # a machine may be busy
            verify=NO_CERTIFICATES,
        )
        self.address = address

    def close(self) -> None:
        """Closes it."""
        self.client.close()

    def open(self, url: str) -> Reader:
        """Goes to an address."""
        return self._shown(self.client.get(url))

    def click(self, link: str) -> Reader:
        """Follows a link by its id or address."""
        return self.open(self.page.links[link])

    def press(self, button: str, **typed: str) -> Reader:
        """Sends the form of a button by the button's id, with some fields filled in."""
        form = next(each for each in self.page.forms if button in each.buttons)
        return self.send(form, button, **typed)

    def send(self, form: Form, button: str = "", **typed: str) -> Reader:
        """Sends a form."""
        name, value = form.buttons.get(button, ("", ""))
        data = {**form.fields, **typed, **({name: value} if name else {})}
        if form.method == "get":
            return self._shown(self.client.get(form.action, params=data))
        headers = {"origin": self.address, "referer": str(self.answer.url)}
        return self._shown(self.client.post(form.action, data=data, headers=headers))

    def _shown(self, answer: httpx.Response) -> Reader:
        self.answer = answer
        self.page = Reader(answer.text)
        return self.page

    @property
    def path(self) -> str:
        """Where the browser is."""
        return self.answer.url.path


def buttons(page: Reader, begin: str) -> Iterator[str]:
    """The ids of buttons that can be pressed and begin so."""
    for form in page.forms:
        yield from (name for name in form.buttons if name.startswith(begin))
