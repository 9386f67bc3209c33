"""Forest Forum, the exchange: the weeks after the gathering, and the quiet after it.

Read by ``demo.scripts``: ``==`` opens a post (days ago, who, kind of talk), ``--`` is
an answer (how long after the line above it, who, kind of talk).
"""

TALK = """
== 297.5 efua offer
Everybody is home, and the bus to Tamale has been found. Thank you all for three days
in which nobody agreed too quickly. The flip charts are photographed; I will type them
into wiki pages this week. Who writes the part about the bell? #gathering
-- 4h kofi
I will tell it and my nephew will type it. Do not wait for commas.
-- 20h hanna
I can do the fire belt session. I have eleven pages of notes, and two of them are about
the lunch.
-- 5h nii thanks
The radio people at home asked what we decided. I said: to keep asking. They laughed,
but they gave us fifteen minutes on Saturday.

== 297.2 ibrahim experience
The first night home, and the neighbours had burnt. Three hectares beside my shea trees,
two days before we were to clear the belt together. Nobody meant it: a boy was after
grasscutters. I carried our good paper from the gathering in my pocket the whole time.
#fire #firebelts
-- 7h salifu
I am sorry, Ibrahim. Was the volunteer group called, or did they see the smoke first?
-- 3h ibrahim
They saw it. The bell is still in the carpenter's shop, as I said in the circle.
-- 2d kwame
May I come with a GPS and walk the edge? Not to blame anybody. We have no record of a
fire that small, and most of them are that small.

== 296.6 maame question via=voice typed=abena
Who keeps the bell's key? In our village the bell hangs at the school, and the school is
locked at night. Fire does not look at the timetable. How have others solved it? #fire
-- 9h wanjiru experience
With us the key hung at the chief's house, and then the chief travelled. Now there are
three keys and a list on the door of who has them. One key is always at the miller's,
because she never sleeps anyway.
-- 1d kwabena
Hang the bell on a tree. A bell does not need a key. Ours is a wheel rim from a timber
lorry; nobody steals it because everybody knows its voice.
-- 5h maame thanks via=voice typed=abena
The wheel rim is good. My son has gone to ask the lorry drivers.

== 296.1 grace
I run the permit desk and I was afraid to come. I thought it would be two days of people
telling me that my form is bad. It was one afternoon, and you were right about page
three. I have asked to have the map sketch taken off. #charcoal #permits
-- 6h yaa thanks
Madam Grace, page three cost me four journeys. If it goes, I bring you yam.
-- 1d grace
No yam, please, I work at a permit desk. But thank you.

== 295.3 linda question
What would make a certificate worth the trouble for a farmer with forty trees? We buy
certified teak and cannot find enough, and I heard at lunch that nobody wants the
paperwork. I would rather hear the real reasons here than guess them. #certification
-- 5h kwabena
Forty trees, and the audit costs what six trees bring. That is the reason. The others
are decoration.
-- 1d diego resource
In San Martín twelve neighbours went in as one group and shared the audit. It worked for
two years. In the third nobody wanted to be the secretary, and the certificate lapsed
over a form. I can write up what that cost.
-- 2d linda
Please do, and with the third year in it. I am always sent the story that ends after
two.

== 294.4 zainab offer
I have put the group photo in a folder, without names on the faces. Two people asked me
not to share it outside, so please keep it here. If you want to be cut out, tell me. I
am good at replacing people with trees. #gathering
-- 2h lucho
Replace me with a mango tree, I have earned it.
-- 1d george
Thank you for asking before sharing. That should go in our house rules: done, see about.

== 293.5 esi experience
We tried the joint patrol for the first time, officers and farmers on one motorbike
each. In the first hour we went in circles because each side politely let the other
lead. In the second we found two pits nobody had on a map. #patrol #charcoal
-- 8h yaa view
One of those pits is my cousin's and he has a permit. He found your notice under a
stone. A patrol that leaves paper under stones is still a patrol.
-- 1d esi
You are right about the stone. I have been to see him; the number on the permit and the
number of the pit are from two different years. We will start by reading our own books.
-- 9h daniel
The assembly has a list as well. That makes three lists. I volunteer to sit down with
whoever has the other two.

== 292.2 achieng resource
The satellite fire alerts for the forum's area, free and twice a day, can come as a text
message. They miss small fires and fires under cloud, and the position can be off by
half a kilometre. Good for knowing that something burns, bad for knowing whose. I would
start with one village before anybody builds a system on it. #monitoring #fire
-- 1d salifu
We had this in the office. It sent forty alerts for the bakery.
-- 4h achieng
Then you have learned the first lesson: mark the bakery.

== 291.4 mariama view
May I say what I did not say in the hall? We counted who spoke. In the two plenaries
there were 61 turns, and women had nine, four of them to thank somebody. I was one of
the four. I do not think anybody wanted that. I think it was the microphone. #gathering
-- 5h efua
Thank you. I ran those plenaries, so this one is mine. Next time: small circles first,
and the circles send words, not people. I have put it on [[Ideas for the next
gathering]].
-- 7h kofi
I had six of the 61, I can give back three.
-- 2d akosua
I did speak in the small circle, for a long time. Nobody wrote it down.
-- 6h hanna
I was the one with the pen in your circle. I have found it: you said that seedlings
are given out in the month when the women are at the farthest field. It is in the
minutes now.

== 290.1 patrick question
Does anybody have a simple sheet for tracking logs from stump to gate? Ours has 31
columns, and the men fill four. I would like to know which four matter to you as well.
#timber
-- 2d kwabena
Whose tree, which day, how long, who paid. Four.
-- 1d linda
For the certificate also: which plot. Then five, and I can work with five.

== 288.2 fatima resource
The table of seedling survival from the northern nurseries, three years, is in the wiki:
[[Seedling survival table]]. Please add yours, also the bad ones. Mine are bad; it is
why I am asking. #seedlings

== 287.5 pearl offer
I can fly the drone over two communities this term; it is insured and I have a licence.
Who would like a picture from above, and for what? I do not want to make pretty maps
that lie in a drawer. #monitoring
-- 1d kwabena question
If you fly over my farm, who gets the picture?
-- 3h pearl
You. And then I honestly do not know who else; that is a good thing to decide before I
take off.

== 286.0 joseph experience
In our county the community forest association signs the patrol book together with the
ranger. It sounds like nothing. The number of quarrels over who saw what fell to almost
none in the first year, because there is one book. In the second year the book got lost
for a month and we had all the quarrels back. Buy two books. #patrol

== 284.3 akosua question
Can the seedlings come in the small rains instead of the big ones? In the big rains I am
at the farthest field until it is dark. Who decides the month? #seedlings #women
-- 1d daniel
The month is decided by the budget release, I am ashamed to say. The lorry is paid in
the quarter when the money comes.
-- 2d fatima
For four of the six species the small rains are even better, if somebody waters twice.
-- 1d esi
I did not know that the budget was the reason. I always heard it was the science. I will
take this to the regional meeting with both of your sentences in it.

== 281.4 george resource
What the law says on trees a farmer planted, in two pages and without Latin: planted
trees are yours, naturally grown ones are vested in the state even on your land, and a
registration form stands between the two. Questions welcome, I will put the answers on
[[Tree tenure in plain words]]. #tenure
-- 20h kofi question
And a tree that grew by itself but that I have weeded around for eleven years?
-- 4h george
By the letter: not yours. By every sense of justice: yours. There is a reform on paper;
I will not tell you it is coming next year, because I said so last year.

== 279.2 kwame question
Has anybody measured how wide a belt must be in tall grass? The handbook says ten
metres. I have seen fire jump twelve and stop at three. #firebelts
-- 1d salifu experience
Width is for the engineers. Ours stopped at three because it was swept. A swept path
beats a wide mess.
-- 2d ibrahim experience
It depends on the wind after two in the afternoon. In the morning I trust four metres.
After two I trust nobody.

== 276.0 rosa experience
Greetings from San Martín, here it is six in the morning and raining. We have the same
quarrel with other birds in it: who pays the brigade when it does not burn. This year we
paid them in cacao seedlings. It was cheap and they were proud. Two of them sold the
seedlings the same week, and I cannot blame them. #fire #payment

== 271.3 thomas question
My office asks for "three success stories by Friday". I would like to send three true
ones instead. May I quote from here if I ask each of you first?
-- 3h mariama
Ask each person, yes. And send one where it went wrong, so that they get used to it.
-- 1d yaa
You may have my four journeys to the permit desk, without my name.

== 268.1 nii experience
We read two stories on the Saturday programme, with permission. Eleven calls. Nine were
greetings, one wanted to sell a goat, and one woman said: the man with the bell is
lying, it never hung at the school. So now I have a question for the man with the bell.
#radio
-- 8h kofi
She is my aunt. It hung at the school for two days and then my aunt had it moved,
because of the noise. I did not lie, I shortened.

== 262.2 lucho question
Is anybody under thirty going to have a vote at the next gathering, or do we serve the
water again? I ask in a friendly way. #youth #gathering
-- 2d efua
In a friendly way: yes. What would a good way be to choose who? Write it on
[[Ideas for the next gathering]] and I will fight for it.

== 251.0 fatima question
Does anybody read here in the planting weeks? I will ask again when the mud has dried:
which of your nurseries count seedlings after the first dry season and not only after
planting? #seedlings

== 243.5 daniel resource
The three lists are one list now: 84 pits, 51 permits, 19 pits that two lists had under
different names. It took four mornings and a great deal of tea. The file is with Esi,
Grace and me; the numbers without names are on [[Charcoal permits: how it works today]].
#charcoal #permits
-- 1d yaa
So fourteen people burn without a permit, not thirty-three, as was said on the radio.
-- 5h nii
It was said by me. I will correct it on Saturday.

== 235.1 wanjiru experience
We planted on a slope that everybody said was too dry. Everybody was right. #seedlings
-- 2d fatima thanks
Thank you, into the table it goes, with the slope.
"""
