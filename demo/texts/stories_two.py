"""More stories of the Forest Forum, and one draft. The form is in ``stories_one``."""

TELLING = """
== 205.0 maame typed=abena via=voice
title: Rice that came late
place: A village on the river road
happened: last dry season
@set_out
Nobody is paid here for the fire watch. But the assembly promised a sack of rice for
each group that kept its belt. #payment #fire
@body
We kept it, nine women and five men. The rice came after the farming had begun, when
everybody had already bought on credit. It was given to the man whose name stood first
on the list. He shared it. Some say he shared it well and some say that his bowl is
small.

I am old and do not need the rice. I need the ones who did not get it to come next time.

This year seven came.
@did_not_work
Nobody wrote down who received what, on the day, in front of all. After one week there
were three truths.
@differently
Share it at the bell, aloud, with the children counting. Children do not forget numbers
that are food.
-- 1d daniel
The rice was late because of me. The order waited for a signature while I was on
leave. I am sorry, Maame.
-- 2d maame via=voice typed=abena
He says sorry and he writes it where people can read it. Good. Tell him to bring the
next one himself.

== 172.0 patrick
title: The road that was twelve metres wide
place: A sawmill near Kumasi
happened: three years ago until now
@set_out
To get eleven trucks out before the rains. That is the honest beginning. #timber
@body
We opened a road through two farms' fallow, with the paper from the office and without a
word to the farms. Twelve metres, because the machine is four and the driver was new.

Trucks came out. So did everybody else: charcoal, chainsaws, a man who sells phone
credit. In the second year fire came in along the road, because the edges had gone to
grass. It burnt eleven hectares, two of them ours. That was the first time we measured
the road.

We have now closed it with a bar, twice. Somebody has a saw; it may be our saw.
@did_not_work
We counted the cost of opening the road and not of closing it. Closing has cost more so
far, and it is not closed.
@surprised
The farmers did not ask for money first. They asked why nobody had come to greet them.
@differently
Half the width, greet before the machine, and plant the edges the same month.
@do_not_copy
The bar.
-- 7h kwabena view
I came into this forum because of that road. It is the first time I have read the word
"greet" in anything from a mill.
-- 2d akosua question
What did you plant on the edges, and does it live?
-- 3d patrick
Cassia. Two thirds. The goats prefer the bar.

== 160.0 maame typed=abena via=voice
title: Who is told when the chief is away
place: A village on the river road
happened: two fires ago
@body
The one who calls us to the belt is the chief. When he travelled to the funeral in
Kumasi, nobody called. Everybody saw the grass and everybody waited. I waited too.

The fire came on the third day. Afterwards each said: I would have come if I had been
asked. I believe them. I would have come as well. #fire
@did_not_work
We had made one man the voice for all of us. A voice can travel.
@differently
I do not know. I am telling it so that somebody from outside reads it and asks us. To be
asked by a stranger is easier than to ask one's brother.
-- 2d salifu
I am the stranger. Next dry season I come by, whether I am called or not.

== 133.0 wanjiru
title: One patrol book, and the month it was lost
place: Nyeri
happened: over three years
@body
The ranger used to write his book and we wrote ours. In meetings we read them to each
other like two radio stations.

Then there was one book, kept at the miller's, signed by both on the same evening. The
quarrels almost stopped. We did not become friends. There was just nothing left to
quarrel from.

In the second year the book went missing for a month. In that month every old quarrel
came back, by name. It was found in the mill, under flour. Since then there are two
books, and somebody copies. Copying is dull, so it is done by the one who was late.
#patrol
@did_not_work
We had put all our trust in one thing that a mill can cover in flour. And women signed
less often: the evening hour was the cooking hour. We moved it to market day.
@do_not_copy
Where writing down a name can get somebody arrested. Ask first what the book may be
used for.
-- 1d joseph
I was the late one, for seven weeks.
-- 5d esi question
Who may read the book besides the two sides? I ask because of our data talk.

== 118.0 diego
title: Twelve neighbours and a secretary
place: San Martín
happened: five years ago
@set_out
To get a certificate for small farmers by sharing one audit. #certification
@body
Twelve families, one group, one audit. In the first year everybody came to everything.
The premium arrived in the second and was nearly what we had promised. I published a
paper.

In the third year the secretary had a baby, and the form for the yearly check was due
in the same month. Nobody else had ever filled it in. It was four pages long. The
certificate lapsed, the buyer went away, and two families had already cut trees in the
hope of the price.

My paper still says that it works. It did, for as long as I looked.
@did_not_work
We built a group of twelve around one pair of hands, and called it a cooperative.
@surprised
Of the twelve, nine still meet. Not about timber. They share a rice mill.
@differently
Two secretaries from the first day, and fill in the form once a year together, aloud,
with food.
@do_not_copy
Where the price only makes sense with the premium. It can leave faster than a tree
grows.
-- 4h linda thanks
This is the story that I asked for: with the third year in it.
-- 1d kwabena
I read it to my daughter. She says she wants a deputy.

== 88.0 mariama
title: Counting who speaks
place: The yearly gathering
happened: two days, one notebook
@body
I made a mark for each turn, with a small sign for man or woman and for group. I did
not tell anybody. After lunch on the first day the man next to me asked what I was
counting. I said birds.

61 turns in the two plenaries. Women nine. Farmers from villages four. The four of us
from offices and programmes: thirty.

In the circles of six it was almost even. The same people, the same day. So it is not
shyness and it is not culture, as I was told at dinner. It is the chair, the
microphone and the row. #gathering #women
@did_not_work
I kept the numbers for myself for a week, because I was afraid of sounding bitter. In
that week the next agenda was made, with a microphone in it.
@differently
Count openly, and let each group take a turn at it. It is hard to talk long when your
own daughter holds the pencil.
-- 3h efua
The microphone is off the agenda.
-- 1d zainab
I was the daughter at the last meeting in Tamale. Average turn before the pencil: four
minutes. After: one and a half.

== 52.0 kwabena
title: A tin with three locks
place: Goaso
happened: three seasons
@set_out
To pay the fire volunteers without anybody being able to say where the money went.
#payment
@body
A biscuit tin, three padlocks, three people: one who is rich enough, one who is poor
enough, and one whom nobody likes. It opens on the first Friday, on the table, with
everybody there. What goes in and what goes out is said aloud and written with a marker
inside the lid.

First season: nothing missing. Second season: nothing missing, but the poor one's key
was lost, and we learnt that a tin with three locks is opened with one hammer. We
bought a new tin. The third season is going on.

I am the one whom nobody likes. It was put to a vote.
@did_not_work
In the second season the tin had too little in it to pay for all the nights. The locks
could not help with that. We paid for half the nights and said so, and some did not come
back.
@do_not_copy
For large sums. A tin is for money that one family would be ashamed to steal.
-- 9h ibrahim
Our elders have asked for the exact size of the tin.
-- 1d patrick
We would put something in. I have asked on the exchange how to do it without buying
anybody.

== 23.0 abena photo=river
title: Forty-six sheets of paper
place: Six villages between Kintampo and the river
happened: last month
@set_out
To ask the question of the month where there is no signal, on paper, and to bring the
answers back the same week. #paper
@body
46 sheets out, 29 back. I had printed a careful question about monitoring. People
turned the sheet over and wrote on the back. On the back was the bell, the price of
rakes, a poem, and a list of names that I took for volunteers. They were the dead of
that year. I was meant to bring them greetings.

I typed everything in, front and back, and read it out to each one over the phone
before it went in. Three wanted something taken out. One wanted his name put in
larger.
@did_not_work
My question. It was ours, not theirs. Nobody answered it, and they were too polite to
say so.
@surprised
How much comes back when there is an empty side.
@differently
Print half as much, and leave the back free on purpose.
-- 5h fatima
"Leave the back free on purpose" should hang in every office.
-- 1d nii
May the poem go on air?
-- 9h abena
He says yes, if you read it slowly.

== 3.6 salifu
title: Painting the board twice
place: Tamale, at the lorry park
happened: this year
@body
I painted a board with the names of the fire volunteers. Seventeen names. People stood
before it on market day and read it aloud, and I was proud as a rooster.

Then Mariama wrote here that the women who carried the water were not on it. I was angry
for a day. Then I went to the river and asked who had carried. Fourteen women, some for
more years than I have been in uniform.

I painted it again: 31 names. One woman asked me to leave hers out, because her husband
believes that she was at her sister's. So it says 30 and "one who knows". #fire #women
@did_not_work
The first board was true, and it was wrong. I had asked the leaders for the names of the
people they saw.
@surprised
Nobody stands before the name at the top. They all look for "one who knows".
-- 7h mariama thanks
I have read this to the groups. There was a silence and then a great deal of laughter.

== 1.7 nii draft
title: A goat on air
place: A very small studio
happened: on Saturdays
@set_out
To find out why people call a forest programme in order to sell goats. #radio
@body
I have the list of all calls of this year: 212. I would like to sort them by what people
really wanted. So far: greetings 61, goats 14 …

(to be continued after the exams)
"""
