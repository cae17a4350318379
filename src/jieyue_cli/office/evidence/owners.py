"""Whose a file is: the nearest folder or file name that names an agency, else the folder with one agency's forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from pathlib import PurePosixPath
from typing import NamedTuple

from jieyue_cli.agencies.tally import FormOutcome
from jieyue_cli.batch.evidence import Names, Trail, folder_of
from jieyue_cli.remembering import Remembered

_MOST = 4096


class Owner(NamedTuple):
    """Whose a file is."""

    key: str | None
    """``roster.key`` of the agency; None where nothing tells."""
    year: int | None
    """The year of the agency's nearest form; None where it has none."""
    folders: Sequence[str]
    """Folders and archives from the place to the file, nearest first."""


class Owners:
    """Tells whose files are, by what the run knows of agencies."""

    def __init__(
        self,
        places: Sequence[str],
        names: Names,
        forms: Iterable[FormOutcome],
        owners: Mapping[str, str],
        offices: Mapping[str, Sequence[str]],
        year: int | None,
    ) -> None:
        """``owners``: ``key`` of every name in the roster → its agency's; ``offices``: whose forms stand for it too."""
        self._places = places
        self._names = names
        self._year = year
        self._offices = offices
        self._forms: dict[str, list[tuple[Sequence[str], int]]] = {}
        self._holders: dict[str, set[str]] = {}
        for form in sorted(forms, key=attrgetter("file")):
            key, folder = owners.get(form.key, form.key), folder_of(form.file)
            self._forms.setdefault(key, []).append((folder.split("/"), form.year))
            self._holders.setdefault(folder, set()).add(key)
        self._of_folder = Remembered(self._in_folder, _MOST)
        self._years = Remembered(self._nearest, _MOST)

    def of(self, file: str) -> Owner:
        """Whose a file is."""
        folder, _, name = file.rpartition("/")
        trail, named, held = self._of_folder[folder]
        key = named or self._names.inside(PurePosixPath(name).stem) or self._names.inside(trail.place) or held
        if key and key not in self._forms:
            key = next((other for other in self._offices.get(key, ()) if other in self._forms), key)
        return Owner(key, self._years[key, folder] if key else None, trail.folders[::-1])

    def _in_folder(self, folder: str) -> tuple[Trail, str | None, str | None]:
        """The way to the folder's files, the agency that a folder on it names, and the one whose forms alone it has."""
        trail = Trail.of(f"{folder}/" if folder else "", self._places)
        named = Trail("", trail.folders, "").agency(self._names)
        above = folder
        for _ in range(len(trail.folders) + 1):
            if holders := self._holders.get(above):
                return trail, named, next(iter(holders)) if len(holders) == 1 else None
            above = folder_of(above)
        return trail, named, None

    def _nearest(self, of: tuple[str, str]) -> int | None:
        """The year of the form nearest to a folder; of two as near, the run's year."""
        key, folder = of
        parts = folder.split("/")

        def nearness(form: tuple[Sequence[str], int]) -> tuple[int, bool, int]:
            shared = 0
            for own, other in zip(parts, form[0], strict=False):
                if own != other:
                    break
                shared += 1
            return shared, form[1] == self._year, form[1]

        forms = self._forms.get(key)
        return max(forms, key=nearness)[1] if forms else None
