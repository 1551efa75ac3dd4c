"""What the words around a name say of its kind: `Alpha air base`, `محافظة القلم`, `villages of Alpha`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geo.names import fold
from geo.place import PlaceKind as K

_AIRFIELDS = frozenset({K.AIRPORT, K.AIR_BASE, K.MILITARY_BASE})
_FIELDS = frozenset({K.OIL_FIELD, K.GAS_FIELD, K.FACILITY})
_AREAS = frozenset({K.REGION, K.POCKET, K.DISTRICT, K.BANK})
_SITES = frozenset({K.FACILITY, K.MILITARY_BASE, K.CASTLE, K.QUARTER})

_PHRASES: tuple[tuple[frozenset[K], str], ...] = (
    (
        _AIRFIELDS,
        "international airport;military airport;civil airport;airport;air base;airbase;air force base;airfield;air strip;"
        "airstrip;helicopter base;aeroport;aeroport militaire;base aerienne;flughafen;militarflughafen;luftwaffenstutzpunkt;"
        "hava ussu;askeri havaalani;havaalani;havalimani;aeropuerto;base aerea;aviabaza;aeroport;aerodrom;"
        "مطار;المطار;مطار عسكري;قاعده جويه;قاعده;military base;army base;base;barracks;garrison;headquarters;"
        "brigade base;regiment base;camp militaire",
    ),
    (frozenset({K.DAM}), "dam;barrage;damm;staudamm;talsperre;baraji;presa;plotina;سد;سده"),
    (
        _FIELDS,
        "oil field;oilfield;oil fields;oilfields;gas field;gasfield;gas fields;gas plant;gas facility;field;fields;"
        "champ petrolier;champ gazier;champs petroliers;olfeld;gasfeld;petrol sahasi;campo petrolifero;حقل;حقول;حقل نفط",
    ),
    (frozenset({K.REFINERY}), "oil refinery;refinery;raffinerie;rafinerisi;refineria;مصفاه;مصفي"),
    (
        frozenset({K.BORDER_CROSSING}),
        "border crossing;border crossings;crossing;border post;border posts;border gate;checkpoint;poste frontiere;"
        "poste frontalier;grenzubergang;sinir kapisi;paso fronterizo;معبر;منفذ;معبر حدودي;منفذ حدودي",
    ),
    (frozenset({K.BRIDGE}), "bridge;pont;brucke;koprusu;puente;جسر"),
    (frozenset({K.PUMPING_STATION}), "pumping station;pump station;station;محطه;محطه ضخ"),
    (
        frozenset({K.MOUNTAIN, K.REGION}),
        "mountain;mountains;mount;hill;hills;heights;range;berge;dagi;daglari;جبل;جبال;تله",
    ),
    (frozenset({K.CASTLE, K.QUARTER}), "castle;citadel;fortress;citadelle;zitadelle;kalesi;chateau;قلعه"),
    (
        frozenset({K.CAMP, K.MILITARY_BASE}),
        "refugee camp;camp;camp de refugies;fluchtlingslager;lager;kampi;مخيم;معسكر",
    ),
    (
        frozenset({K.QUARTER}),
        "quarter;neighborhood;neighbourhood;suburb;quartier;viertel;mahallesi;stadtteil;barrio;حي;منطقه",
    ),
    (frozenset({K.DISTRICT}), "subdistrict;sub district;nahiyah;nahiya;qadaa;qada;ilcesi;bezirk;قضاء;قضا;ناحيه"),
    (frozenset({K.DISTRICT, K.QUARTER}), "district;distrito"),
    (
        frozenset({K.GOVERNORATE}),
        "governorate;province;muhafazah;muhafaza;muhafazat;gouvernorat;gouvernement;provinz;vilayeti;provincia;wilayat;"
        "wilayah;محافظه;ولايه",
    ),
    (
        _AREAS,
        "countryside;region;area;areas;plain;plains;basin;valley;desert;steppe;villages;outskirts;environs;surroundings;"
        "campagne;umland;kirsali;vallee;tal;ريف;باديه;سهل;وادي;صحراء;صحرا",
    ),
    (frozenset({K.POCKET, K.REGION}), "pocket;enclave;kessel;poche;جيب"),
    (frozenset({K.ROAD}), "road;highway;motorway;route;axis;strasse;yolu;طريق"),
    (frozenset({K.BANK, K.QUARTER, K.REGION}), "bank;east bank;west bank;left bank;right bank;river bank;riverbank"),
    (
        _SITES,
        "silos;silo;cement plant;cement factory;power plant;power station;industrial city;industrial zone;prison;"
        "university;hospital;museum;stadium;government complex;government compound;factory",
    ),
    (
        frozenset({K.TOWN, K.QUARTER, K.CAMP}),
        "city;town;village;city centre;city center;ville;village de;stadt;dorf;sehri;koyu;kasabasi;ciudad;"
        "مدينه;بلده;قريه",
    ),
)
_KINDS_OF = {phrase: kinds for kinds, phrases in _PHRASES for phrase in phrases.split(";")}
_ANY = "|".join(re.escape(phrase) for phrase in sorted(_KINDS_OF, key=len, reverse=True))
_BEFORE = re.compile(rf"(?:the )?(?P<word>{_ANY}) (?:(?:of|de|du|des|d|von|der|near|around|in) )?(?P<core>.+)")
_AFTER = re.compile(rf"(?P<core>.+?) (?:s )?(?P<word>{_ANY})")
_ADJECTIVE = re.compile(r" (?:عسكري|مدني|دولي|نفطي|حدودي|military|civil|international|militaire)$")
_POINT = r"(?:north|south|east|west|central|middle|upper|lower|nord|sud|est|ouest|kuzey|guney|dogu|bati)(?:ern)?"
_DIRECTION = re.compile(rf"{_POINT}(?:[ -]?{_POINT})?")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a toponym: the bare name, and the kinds that the words around it allow (none: any kind)."""

    core: str
    kinds: frozenset[K] | None = None


@lru_cache(maxsize=50_000)
def readings(name: str) -> tuple[Reading, ...]:
    """Read a toponym in every way: as a whole first, then without the words that say its kind.

    Cores are folded names. A name that is nothing but such words has one reading only.
    """
    whole = fold(name)
    found = [Reading(whole)]
    text = re.sub(r"^(?:the|la|le|der|die|das) ", "", whole)
    for pattern in (_AFTER, _BEFORE):
        match = pattern.fullmatch(text)
        if match:
            core = _ADJECTIVE.sub("", fold(match["core"]))
            if core and core not in _KINDS_OF and not _DIRECTION.fullmatch(core):
                found.append(Reading(core, _KINDS_OF[match["word"]]))
    return tuple(dict.fromkeys(found))


def kinds_named(word: str) -> frozenset[K] | None:
    """Return the kinds that a word alone stands for (`city`, `air base`), or `None` when it stands for none."""
    return _KINDS_OF.get(fold(word))
