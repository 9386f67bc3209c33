"""The people of the demo alliance. None of them lives anywhere else."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """One person of the demo.

    Attributes:
        key: how the texts call them, and what stands before the @ of their address.
        name, zone, organisation, languages, helps_with, about: as on ``User``.
        group: index into ``FOREST_GROUPS``; None outside the Forest Forum.
        joined: days ago.
    """

    key: str
    name: str
    zone: str
    group: int | None = None
    joined: int = 301
    organisation: str = ""
    languages: tuple = ("English",)
    helps_with: str = ""
    about: str = ""


FARMERS, OFFICERS, COMPANIES, RESEARCHERS, NGOS, YOUTH = range(6)
FOREST_GROUPS = [
    "Farmers",
    "District officers",
    "Companies",
    "Researchers",
    "NGOs",
    "Youth",
]

ACCRA, BERLIN = "Africa/Accra", "Europe/Berlin"
NAIROBI, LIMA = "Africa/Nairobi", "America/Lima"

# Sign-ins: key in the texts → what stands before the @, and what they can see.
SIGN_INS = {
    "efua": (
        "facilitator",
        "facilitates the Forest Forum, with requests and questions waiting for her",
    ),
    "kofi": (
        "member",
        "a farmer in the Forest Forum and Clean Wells Watch: what members see",
    ),
    "hanna": ("steward", "steward of the Forest Forum: decides requests, invites"),
    "abena": (
        "linker",
        "linker: types for people without an account; in the private space too",
    ),
    "oskar": (
        "outsider",
        "member of nothing: open spaces, and the Forest Forum's card with “Ask to "
        "join”",
    ),
    "samuel": (
        "admin",
        "site administrator: all spaces' cards and the site's rules, no private talk",
    ),
}

# Told by phone, typed by the linker: a member without an account.
LINKED = Person(
    "maame",
    "Maame Afia Nsiah",
    ACCRA,
    FARMERS,
    languages=("Twi",),
    helps_with="Fire watch, bells, who is related to whom",
)
LINKED_CONSENT = (
    "Said yes by phone to having her words typed under her name inside the forum, not "
    "outside it. I read each text back to her before it goes in."
)

# fmt: off
FOREST_PEOPLE = [
    Person(
        "efua", "Efua Owusu", ACCRA, NGOS, 320, "Forest Forum secretariat",
        ("English", "Twi"), "Finding the person who knows; keeping minutes short",
        "Two days a week for this forum, the other three for my tomatoes.",
    ),
    Person(
        "kofi", "Kofi Asante", ACCRA, FARMERS, 301, "Nkawie cocoa and food farmers",
        ("Twi", "English"), "Bells, belts, cocoa under shade",
        "Farmer, fire volunteer for nineteen years, nephew of a strict aunt.",
    ),
    Person(
        "hanna", "Hanna Brandt", BERLIN, RESEARCHERS, 310, "Forest plots network",
        ("German", "English"), "Plots, counting, saying how sure a number is",
        "I count trees in eleven places and grow beans in one.",
    ),
    Person(
        "abena", "Abena Darko", ACCRA, NGOS, 305, "Field Links",
        ("Twi", "Ewe", "English"), "Typing for people off line; paper sheets",
        "On the road three weeks a month. Call before noon.",
    ),
    Person(
        "ibrahim", "Ibrahim Alhassan", ACCRA, FARMERS, 301, "Shea growers near Tamale",
        ("Dagbani", "English"), "Shea, early burning, wind",
    ),
    Person(
        "kwabena", "Kwabena Ofori", ACCRA, FARMERS, 301, "Goaso tree farmers",
        ("Twi", "English"), "Timber on farms; tins with three locks",
    ),
    Person(
        "akosua", "Akosua Frimpong", ACCRA, FARMERS, 301, "Nkawie women's farm group",
        ("Twi",), "Seedlings, and when people are really at home",
    ),
    Person(
        "yaa", "Yaa Serwaa", ACCRA, FARMERS, 301, "Charcoal makers, Kintampo road",
        ("Twi", "English"), "Charcoal; permits, from the other side of the desk",
    ),
    Person(
        "rosa", "Rosa Huamán", LIMA, FARMERS, 301, "Agroforestry families, San Martín",
        ("Spanish", "Quechua", "English"), "Cacao under trees, brigades",
    ),
    Person(
        "wanjiru", "Wanjiru Kamau", NAIROBI, FARMERS, 301,
        "Community forest association, Nyeri",
        ("Kikuyu", "Swahili", "English"), "Patrol books, tree nurseries on dry slopes",
    ),
    Person(
        "esi", "Esi Quansah", ACCRA, OFFICERS, 301, "District forest office",
        ("English", "Fante"), "Rules, and which of them are only habits",
    ),
    Person(
        "daniel", "Daniel Mensah", ACCRA, OFFICERS, 301, "District assembly, planning",
        ("English", "Ga"), "Budgets, lists, tea",
    ),
    Person(
        "salifu", "Salifu Yakubu", ACCRA, OFFICERS, 301, "Fire service, Tamale",
        ("Dagbani", "Hausa", "English"), "Fire, rakes, painting boards",
    ),
    Person(
        "grace", "Grace Addo", ACCRA, OFFICERS, 301, "Permit desk",
        ("English", "Twi"), "Forms; what happens to them afterwards",
    ),
    Person(
        "joseph", "Joseph Otieno", NAIROBI, OFFICERS, 301, "County forest service",
        ("Luo", "Swahili", "English"), "Joint patrols, remembering promises",
    ),
    Person(
        "patrick", "Patrick Boakye", ACCRA, COMPANIES, 301, "A sawmill near Kumasi",
        ("Twi", "English"), "Logs, roads, blades",
    ),
    Person(
        "linda", "Linda Sarpong", ACCRA, COMPANIES, 301, "Teak exporter",
        ("English",), "Certificates, contracts, price letters",
    ),
    Person(
        "marek", "Marek Nowak", BERLIN, COMPANIES, 150, "Timber importer",
        ("Polish", "German", "English"), "What happens after the harbour",
    ),
    Person(
        "kwame", "Kwame Boadu", ACCRA, RESEARCHERS, 301, "Fire ecology, Kumasi",
        ("Twi", "English"), "Fire behaviour; eyebrows",
    ),
    Person(
        "achieng", "Achieng Odhiambo", NAIROBI, RESEARCHERS, 301, "Remote sensing lab",
        ("Luo", "English"), "Satellite alerts and their mistakes",
    ),
    Person(
        "diego", "Diego Salazar", LIMA, RESEARCHERS, 301, "Rural economy, Lima",
        ("Spanish", "English"), "Sums with the assumptions showing",
    ),
    Person(
        "fatima", "Fatima Iddrisu", ACCRA, RESEARCHERS, 301, "Soil laboratory, Tamale",
        ("Hausa", "English"), "Soil, seedlings, asking nine old people",
    ),
    Person(
        "thomas", "Thomas Eriksen", ACCRA, NGOS, 301, "Programme office",
        ("Danish", "English"), "Proposals; reading final reports again",
    ),
    Person(
        "mariama", "Mariama Issah", ACCRA, NGOS, 301, "Women's savings groups, North",
        ("Dagbani", "English"), "Savings groups, counting who speaks",
    ),
    Person(
        "george", "George Appiah", ACCRA, NGOS, 301, "Legal aid on land",
        ("English", "Twi"), "Tree tenure in two pages",
    ),
    Person(
        "nii", "Nii Lamptey", ACCRA, YOUTH, 301, "Saturday community radio",
        ("Ga", "English"), "Radio, goats",
    ),
    Person(
        "zainab", "Zainab Mohammed", ACCRA, YOUTH, 301, "Student, Tamale",
        ("Hausa", "English"), "Photos, replacing people with trees",
    ),
    Person(
        "lucho", "Luis Ramos", LIMA, YOUTH, 301, "Youth guides, Lima",
        ("Spanish", "English"), "Text messages with one question",
    ),
    Person(
        "pearl", "Pearl Agyeman", ACCRA, YOUTH, 301, "Mapping club, Kumasi",
        ("Twi", "English"), "Drones, permission first",
    ),
]

# fmt: on
# On the site, but not in the Forest Forum.
OTHERS = [
    Person("oskar", "Oskar Lindqvist", BERLIN, organisation="Writes about forests"),
    Person("samuel", "Samuel Quaye", ACCRA, organisation="Keeps this site running"),
    Person("beatrice", "Beatrice Nartey", ACCRA, organisation="A carbon project"),
    Person("yusif", "Yusif Abdul-Rahman", ACCRA, organisation="Beekeepers, Damongo"),
    Person("hawa", "Hawa Fuseini", ACCRA, languages=("Dagbani",)),
    Person("azara", "Azara Seidu", ACCRA, languages=("Dagbani", "English")),
    Person("comfort", "Comfort Bawa", ACCRA, languages=("English", "Hausa")),
    Person("peter", "Peter Kiprono", NAIROBI, organisation="Well committee, Molo"),
    Person("lydia", "Lydia Amoako", ACCRA, organisation="District water team"),
    Person("musa", "Musa Garba", "Africa/Lagos", organisation="Herders' association"),
]

REQUESTS = [
    (
        "beatrice",
        COMPANIES,
        3,
        "I develop carbon projects and I have read in the newspaper that you argue "
        "well. I know that some of you will not like what I do. I would rather hear it "
        "from you than read it about me.",
        [
            (
                "What ties you to the forest?",
                "Two projects near Goaso, one of which did not go well.",
            ),
            ("Who told you of us?", "Linda Sarpong."),
        ],
    ),
    (
        "yusif",
        FARMERS,
        1,
        "Bees do not know whose tree it is. We have 140 hives and each year the fire "
        "takes some. Abena told me of the bell.",
        [
            ("What ties you to the forest?", "140 hives in it."),
            ("Who told you of us?", "Abena Darko, on the bus."),
        ],
    ),
]
