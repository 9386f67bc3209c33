"""The webinars of the Forest Forum, and what stands about each demo space."""

from demo.texts.people import ACCRA, NAIROBI

FOREST = {
    "name": "Forest Forum",
    "concern": (
        "How can the people who live from the forest, and those who make its rules, "
        "keep it standing and share what it gives?"
    ),
    "description": (
        "We meet once a year and go on talking in between: farmers, officers, "
        "companies, researchers, NGOs and young people who would rarely share a bench "
        "otherwise.\n\n"
        "We do not look for agreement. We look for what each of us has seen and the "
        "others have not. **What did not work** is worth as much here as what did."
    ),
    "house_rules": (
        "1. Tell what you have seen. Say so when you are guessing.\n"
        "2. Quote the talk outside if you like, but no person without asking them.\n"
        "3. Ask before sharing a photo with a face in it.\n"
        "4. Disagree with sentences, not with people.\n"
        "5. Someone who cannot read or has no signal is a member like any other. "
        "Answer them first."
    ),
    "welcome": (
        "Good that you are here. You need not introduce yourself with a title. Read "
        "one story, answer one question, and ask the one you have been carrying about. "
        "If you would rather ring than type, ask for Abena."
    ),
}
QUESTIONS = ["What ties you to the forest?", "Who told you of us?"]

GATHERINGS = [
    # days from today, days long, title, place, notes
    (
        -300,
        2,
        "Gathering in Sunyani",
        "Sunyani, the training centre",
        "54 people, six groups, one microphone too many.",
    ),
    (
        84,
        2,
        "Gathering in Tamale",
        "Tamale, hosted by the women's savings groups",
        "The first evening is theirs: they set the order of speaking. Bring one thing "
        "that failed, with a label.",
    ),
]

WEBINARS = [
    {
        "called": 200,
        "by": "efua",
        "title": "Charcoal: what a rule does",
        "question": "Who is meant when we say “the burners”?",
        "description": (
            "Six weeks after the sealed pit we talk with the permit desk, the charcoal "
            "makers and those who count stumps. Each begins with two minutes on "
            "something that surprised them. #charcoal"
        ),
        "in_days": -180,
        "hour": 16,
        "zone": ACCRA,
        "coming": "efua yaa grace esi hanna mariama kwame daniel nii kofi thomas",
        "talk": [
            ("-178", "yaa", "I could dial in without data. The line held. Thank you."),
            (
                "-177",
                "thomas",
                "I came to defend a rule and left with a question about it. Good hour.",
            ),
        ],
    },
    {
        "called": 80,
        "by": "linda",
        "title": "What is a certificate worth?",
        "question": "At which price, and after how many days, would you do it again?",
        "description": (
            "The buyer, the mill, the farmer and the sums. We look at one price letter "
            "line by line. #certification"
        ),
        "in_days": -62,
        "hour": 15,
        "zone": ACCRA,
        "coming": "linda kwabena diego patrick marek george rosa efua",
        "talk": [
            (
                "-61",
                "kwabena",
                "My daughter sat beside me with the pencil. She found the ninety days "
                "before I did.",
            ),
        ],
    },
    {
        "called": 12,
        "by": "efua",
        "title": "Charcoal permits: three views",
        "question": "Shall the table in the village stay, and who pays for its legs?",
        "description": (
            "Three people, seven minutes each, then circles of four: **Yaa** who "
            "burns, **Grace** who stamps, **Hanna** who counts. Nobody yet from the "
            "companies that buy. If you know one who would dare, tell me.\n\n"
            "You can ring in from any phone; the number is on this page. Read before, "
            "if you have ten minutes: *Charcoal permits: how it works today* in the "
            "wiki. #charcoal #permits"
        ),
        "in_days": 3,
        "hour": 16,
        "zone": ACCRA,
        "coming": "efua yaa grace hanna esi daniel mariama nii kofi kwame zainab",
        "perhaps": "thomas joseph",
        "views": {
            "question": "Should every load of charcoal need a permit?",
            "stances": {
                "Yes, every load": "esi nii",
                "Only what crosses a district": "efua yaa kwame",
                "No permits at all": "",
            },
            "missing": "the women who burn charcoal without a permit",
            "backup": {
                "backup_url": "https://rooms.example.org/second-room",
                "backup_phone": "+233 30 000 0001",
                "backup_pin": "4712",
            },
            "guest": {
                "name": "Adjoa Sarpong",
                "address": "adjoa.sarpong@example.org",
                "language": "en",
                "stands_for": "women who burn charcoal without a permit",
                "brief": "You told Efua that nobody ever asked you. We ask you now.",
            },
            "asks": "Will my name or my village be in the summary?",
        },
        "talk": [
            (
                "-4",
                "mariama",
                "May the women's groups send their first question as a recording "
                "again?",
            ),
            ("-3.6", "efua", "Please do. It was the best minute of the last one."),
        ],
    },
    {
        "called": 5,
        "by": "hanna",
        "title": "Five belts, five places",
        "question": "When do we say that a belt has failed?",
        "description": (
            "Nyeri, San Martín, Nkawie, Goaso and the north of Tamale, eight minutes "
            "each: one picture, one number, one thing that went wrong. #firebelts"
        ),
        "in_days": 24,
        "hour": 17,
        "zone": NAIROBI,
        "coming": "hanna wanjiru rosa salifu ibrahim kwame",
        "perhaps": "achieng lucho",
        "talk": [],
    },
]

WELLS = {
    "name": "Clean Wells Watch",
    "concern": "Which wells run today, which do not, and who does something about it?",
    "description": (
        "An open space: anybody reads, anybody joins. Short reports, dates, and "
        "repairs that lasted."
    ),
    "house_rules": "Say when you saw it. A guess is welcome if it is called a guess.",
}
NURSERY = {
    "name": "Women's nursery group",
    "concern": "How do we keep what we water?",
    "description": "Six of us. Nothing leaves this room unless all six say so.",
}
GRAZING = {
    "name": "Dry-season grazing talks",
    "concern": (
        "Where do the cattle pass when the grass is dry, and how does the yam live?"
    ),
    "description": (
        "Herders, farmers and the fire service, from the last rain to the first."
    ),
}
RESTING_REASON = (
    "Everybody is in the field until the grass is dry. We wake the room again then."
)

INVITATIONS = [
    # address, name, group index, words, sent days ago, valid for days
    (
        "stool.secretary",
        "Nana Kwaku Bediako",
        0,
        "You said at the funeral that nobody asks the elders before a belt is drawn. I "
        "am asking.",
        4,
        30,
    ),
    (
        "ministry.desk",
        "The desk for forests",
        1,
        "You need not promise anything. Reading along would already be something.",
        47,
        30,
    ),
]
