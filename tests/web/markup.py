"""A page as its markup has it: the controls of its forms, what describes them, and its alerts."""

from html.parser import HTMLParser

EMPTY = {"input", "meta", "link", "br", "hr", "img", "use", "path"}
Attributes = dict[str, str]


class Markup(HTMLParser):
    """`texts` are the texts of the elements with an id; `alerts` those of the elements with the role."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.alerts: list[str] = []
        self.links: list[str] = []
        self.language = ""
        self._controls: list[tuple[str, Attributes, Attributes]] = []  # tag, its own attributes, its fieldset's
        self._values: dict[str, str] = {}
        self._open: list[tuple[str, Attributes, list[str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag in {"input", "select", "textarea"} and "name" in own:
            self._meet(tag, own)
        if tag == "option" and "selected" in own:
            self._values[self._controls[-1][1]["name"]] = own["value"]
        if tag == "a":
            self.links.append(own.get("href", ""))
        if tag == "html":
            self.language = own["lang"]
        if tag not in EMPTY:
            self._open.append((tag, own, []))

    def _meet(self, tag: str, own: Attributes) -> None:
        around = next((of for each, of, _ in reversed(self._open) if each == "fieldset"), {})
        self._controls.append((tag, own, around))
        is_pressed = own.get("type") not in {"radio", "checkbox"} or "checked" in own
        if tag == "input" and is_pressed:
            self._values[own["name"]] = own.get("value", "")

    def handle_data(self, data: str) -> None:
        for _, _, said in self._open:
            said.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            met, own, said = self._open.pop()
            text = "".join(said)
            if "id" in own:
                self.texts[own["id"]] = " ".join(text.split())
            if own.get("role") == "alert":
                self.alerts.append(" ".join(text.split()))
            if met == "textarea":
                self._values[own["name"]] = text.removeprefix("\n").removeprefix("\r\n")
            if met == tag:
                return

    def value(self, name: str) -> str:
        """What the control of this name would send as it stands."""
        return self._values.get(name, "")

    def is_hidden(self, name: str) -> bool:
        kinds = {own.get("type", tag) for tag, own, _ in self._controls if own["name"] == name}
        return kinds <= {"hidden"}

    def beside(self, name: str) -> str:
        """The error that stands beside the control: what its or its fieldset's `aria-describedby` leads to."""
        for _, own, around in self._controls:
            ids = f"{own.get('aria-describedby', '')} {around.get('aria-describedby', '')}".split()
            if own["name"] == name and own.get("aria-invalid") == "true":
                return " ".join(self.texts[one] for one in ids if one.endswith("-err"))
        return ""
