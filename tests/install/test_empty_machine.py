"""The empty machine is empty: what the other tests here prove rests on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from install.empty_machine import EmptyMachine, hides_the_disk, skip_where_there_is_none

pytestmark = pytest.mark.install

CONNECT = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)"


@pytest.fixture
def machine(tmp_path: Path) -> EmptyMachine:
    skip_where_there_is_none()
    return EmptyMachine(tmp_path)


def test_there_is_no_network(machine: EmptyMachine) -> None:
    interfaces = machine.run("sh", "-c", "tail -n +3 /proc/net/dev | cut -d: -f1").out.split()
    assert interfaces in ([], ["lo"])
    refused = machine.run("/usr/bin/python3", "-c", CONNECT)
    assert refused.code == 1
    assert "Network is unreachable" in refused.err


def test_what_is_written_in_its_folder_stays(machine: EmptyMachine) -> None:
    assert machine.run("sh", "-c", "echo 有 > '文 件'; echo $HOME").out.strip() == str(machine.home)
    assert (machine.home / "文 件").read_text("utf-8") == "有\n"


def test_nothing_of_this_checkout_is_there(machine: EmptyMachine) -> None:
    if not hides_the_disk():
        pytest.skip("without bubblewrap the disk stays as it is")
    assert machine.run("ls", Path(__file__)).code != 0
    assert machine.run("sh", "-c", "touch /usr/share/anything").code != 0
