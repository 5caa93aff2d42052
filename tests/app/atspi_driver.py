"""Works a window from outside through the accessibility bus, as a screen reader would.

Runs on the system's Python, which has gi; takes one JSON request per line and answers each with one JSON line.
Only what is showing counts. State changes arrive late on the bus, so everything is polled against a deadline.
"""

import json
import subprocess
import sys
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)  # names that changed between the versions of Debian's releases

ROLES = {
    "button": Atspi.Role.PUSH_BUTTON,
    "text": Atspi.Role.TEXT,
    "table": Atspi.Role.TABLE,
    "tabs": Atspi.Role.PAGE_TAB_LIST,
    "label": Atspi.Role.LABEL,
    "frame": Atspi.Role.FRAME,
    "check box": Atspi.Role.CHECK_BOX,
    "password": Atspi.Role.PASSWORD_TEXT,
    "dialog": Atspi.Role.DIALOG,
}


def poll(look, seconds, what):
    end = time.monotonic() + seconds
    while True:
        try:
            if (found := look()) is not None:
                return found
        except (GLib.Error, AttributeError):
            pass  # the widget went away while it was looked at: what was asked for in it is None then
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.03)


def application(name):
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        one = desktop.get_child_at_index(index)
        if one is not None and one.get_name() == name and one.get_child_count():
            return one
    return None


def walk(node):
    if node is None:
        return
    yield node
    try:
        count = 0 if node.get_role() == Atspi.Role.TABLE else node.get_child_count()
    except GLib.Error:
        return
    for index in range(max(0, count)):
        try:
            yield from walk(node.get_child_at_index(index))
        except GLib.Error:
            continue


def showing(root, role, named):
    """The first that shows and whose name `named` says yes to. What goes away while it is looked at isn't showing."""
    for node in walk(root):
        try:
            if node.get_role() != ROLES[role] or not named(node.get_name()):
                continue
            if node.get_state_set().contains(Atspi.StateType.SHOWING):
                return node
        except GLib.Error:
            continue
    return None


def act(node, *wanted):
    count = Atspi.Action.get_n_actions(node)
    names = [Atspi.Action.get_action_name(node, index) for index in range(count)]
    for name in wanted:
        if name in names:
            return bool(Atspi.Action.do_action(node, names.index(name)))
    raise LookupError(f"{node.get_name()} has only {names}")


def labels_of(node):
    relations = [one for one in node.get_relation_set() if one.get_relation_type() == Atspi.RelationType.LABELLED_BY]
    return [one.get_target(index).get_name().strip(" :&") for one in relations for index in range(one.get_n_targets())]


class Driver:
    def __init__(self, name):
        self.root = poll(lambda: application(name), 20, f"application {name}")

    def find(self, role, name, seconds=10, inside=None):
        root = self.group(inside) if inside else self.root
        return poll(lambda: showing(root, role, lambda said: name in (None, said)), seconds, f"{role} {name}")

    def group(self, name):
        """Whatever carries the name and has something in it, as a card does."""

        def look():
            named = (node for node in walk(self.root) if node.get_name() == name and node.get_child_count())
            return next((node for node in named if node.get_role() not in (Atspi.Role.LABEL, Atspi.Role.FRAME)), None)

        return poll(look, 10, f"group {name}")

    def combo(self, label):
        """A combo box is announced by its current item: its label is the one that names it."""

        def look():
            for node in walk(self.root):
                named = node.get_role() == Atspi.Role.COMBO_BOX and label in labels_of(node)
                if named and node.get_state_set().contains(Atspi.StateType.SHOWING):
                    return node
            return None

        return poll(look, 10, f"combo {label}")

    def chosen(self, label):
        return self.combo(label).get_name()

    def choose(self, label, item):
        combo = self.combo(label)
        inside = next(node for node in walk(combo) if node.get_role() == Atspi.Role.LIST)
        items = [inside.get_child_at_index(index).get_name() for index in range(inside.get_child_count())]
        steps = items.index(next(one for one in items if item in one)) - items.index(combo.get_name())
        act(combo, "ShowMenu")
        time.sleep(0.4)  # the list takes keys once it is mapped, which no event tells
        keys = ["Down" if steps > 0 else "Up"] * abs(steps)
        subprocess.run(["xdotool", "key", "--delay", "40", *keys, "Return"], check=True)
        return poll(lambda: item in combo.get_name() or None, 5, f"{item} chosen")

    def check(self, name):
        return act(self.find("check box", name), "Toggle", "Press")

    def press_in(self, group, name):
        return act(self.find("button", name, inside=group), "Press")

    def type_in(self, group, role, name, text):
        return bool(Atspi.EditableText.set_text_contents(self.find(role, name, inside=group), text))

    def press(self, name):
        node = self.find("button", name)
        poll(lambda: True if node.get_state_set().contains(Atspi.StateType.SENSITIVE) else None, 5, f"{name} enabled")
        return act(node, "Press")

    def type(self, name, text):
        return bool(Atspi.EditableText.set_text_contents(self.find("text", name), text))

    def text(self, name):
        node = self.find("text", name)
        return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))

    def tab(self, name):
        tabs = self.find("tabs", None)
        names = [tabs.get_child_at_index(index).get_name() for index in range(tabs.get_child_count())]
        return bool(Atspi.Selection.select_child(tabs, names.index(name)))

    def label(self, start, seconds=10):
        def look():
            found = showing(self.root, "label", lambda said: said.startswith(start))
            return found.get_name() if found else None

        try:
            return poll(look, seconds, f"a label that starts with {start!r}")
        except TimeoutError as error:
            raise TimeoutError(f"{error}; on the screen: {self.screen()}") from None

    def rows(self, name):
        table = self.find("table", name)
        columns = Atspi.Table.get_n_columns(table)
        return [
            [Atspi.Table.get_accessible_at(table, row, column).get_name() for column in range(columns)]
            for row in range(Atspi.Table.get_n_rows(table))
        ]

    def wait_rows(self, name, count):
        return poll(lambda: rows if len(rows := self.rows(name)) == count else None, 10, f"{count} rows in {name}")

    def select_row(self, name, row):
        table = self.find("table", name)
        return bool(Atspi.Table.add_row_selection(table, row))

    def shows(self, role, name):
        return showing(self.root, role, lambda said: said == name) is not None

    def screen(self):
        """Every label that shows, for whoever reads why a test failed."""
        words = []
        showing(self.root, "label", lambda said: words.append(said) or False)
        return words


def main():
    driver = Driver(sys.argv[1])
    print(json.dumps({"ok": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"ok": True, "value": getattr(driver, request["do"])(*request["with"])}
        except (TimeoutError, LookupError, ValueError, GLib.Error) as error:
            answer = {"ok": False, "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
