"""The frame of every page, what is not there, and paper, as people see them."""


def test_the_frame_shows_a_locked_vault_and_an_open_one(visit):
    locked = visit("amina", "/kit/keys", open_vault=False)
    assert locked.locator(".vault a").inner_text() == "Open the vault"
    opened = visit("amina", "/kit/keys")
    assert opened.locator(".vault button").inner_text().startswith("Lock")
    opened.click(".vault button")
    opened.wait_for_selector("dialog[open] >> text=The vault is locked")
    opened.goto("/kit/keys")
    assert opened.locator(".vault a").inner_text() == "Open the vault"


def test_before_the_vault_locks_the_page_says_so_and_can_keep_it_open(visit, settings):
    settings.PANAH_VAULT_IDLE_MINUTES = 0.1
    page = visit("amina", "/kit/keys")
    page.wait_for_selector(".locks:not([hidden]) >> text=two minutes")
    settings.PANAH_VAULT_IDLE_MINUTES = 20
    page.click(".locks button")
    page.wait_for_selector(".locks", state="hidden")


def test_farid_finds_nothing_where_there_is_nothing(look):
    look(None, "/no/such/page", status=404)


def test_paper_is_light_also_for_whoever_chose_the_dark(visit, world):
    world.staff["amina"].theme = "dark"
    world.staff["amina"].save()
    page = visit("amina", "/kit/keys")
    ground = "getComputedStyle(document.documentElement).getPropertyValue('--sheet').trim()"
    on_screen = page.evaluate(ground)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(ground) == "#fffdf9" != on_screen
