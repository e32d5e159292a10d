import re

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form, IntegerField, PasswordField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from tests.web.stage import stage


class Listing(Form):
    title = StringField("Title", [InputRequired("Write the title."), Length(max=20, message="Too long.")])
    stock = IntegerField("Copies", [InputRequired()])
    description = TextAreaField("Description")
    condition = RadioField("Condition", choices=[SelectChoice("good", "Good"), SelectChoice("fair", "Fair")])
    language = SelectField("Language", choices=[SelectChoice("es", "Español"), SelectChoice("en", "English")])
    password = PasswordField("Password")


@pytest.fixture
async def ui():
    app = stage()
    async with app.test_request_context("/"):
        yield app.extensions["pages"].globals["ui"]


def filled(**typed):
    form = Listing(MultiDict({"condition": "good", "language": "es", "stock": "1"} | typed))
    form.validate()
    return form


async def test_a_refused_field_keeps_what_was_typed(ui):
    html = ui.field(filled(title='"><script>' * 9).title)
    assert 'value="&#34;&gt;&lt;script&gt;' in html
    assert "<script>" not in html


async def test_a_number_field_keeps_what_is_no_number(ui):
    html = ui.field(filled(title="T", stock="1e308 copies").stock)
    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html
    assert 'value="1e308 copies"' in html


async def test_an_error_stands_beside_its_field_and_is_announced_with_it(ui):
    html = ui.field(filled().title, hint="As on the cover")
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="title-hint title-err"' in html
    assert '<p class="err" id="title-err">Write the title.</p>' in html
    assert 'id="title-hint">As on the cover<' in html
    assert '<label for="title">Title</label>' in html


async def test_a_good_field_has_no_mark(ui):
    html = ui.field(filled(title="Rayuela").title)
    assert "aria-invalid" not in html
    assert "aria-describedby" not in html


async def test_more_attributes_reach_the_control(ui):
    assert 'autocomplete="off"' in ui.field(filled(title="T").title, autocomplete="off")


async def test_the_summary_links_to_every_refused_field(ui):
    html = ui.problems(filled(condition="mint"))
    assert 'role="alert"' in html
    assert "autofocus" in html
    assert set(re.findall(r'href="#([^"]+)"', html)) == {"title", "condition-0"}


async def test_a_good_form_has_no_summary(ui):
    assert ui.problems(filled(title="T")).strip() == ""


async def test_choices_keep_the_one_that_was_made(ui):
    html = ui.choices(filled(title="T", condition="fair").condition, {"fair": "Worn"}, {"fair": 1250})
    assert re.search(r'<input checked id="condition-1"', html)
    assert "<small>Worn</small>" in html
    assert '<data value="1250">US$\u00a012,50</data>' in html
    assert html.count("<legend>") == 1


async def test_a_select_keeps_its_choice(ui):
    assert '<option selected value="en">' in ui.field(filled(title="T", language="en").language)


async def test_a_password_is_never_sent_back(ui):
    assert "secret-word" not in ui.field(filled(title="T", password="secret-word").password)


async def test_the_button_names_what_it_does_while_it_waits(ui):
    html = ui.submit("Publish", "Publishing…", "full", formaction="/x")
    assert 'data-busy="Publishing…"' in html
    assert 'formaction="/x"' in html


async def test_a_form_of_one_button_carries_its_token(ui):
    html = ui.button_form("/books/7/withdrawal", "Withdraw")
    assert 'name="_csrf"' in html
    assert 'method="post" action="/books/7/withdrawal"' in html
