"""Stories of the Forest Forum, told with what did not work. Read by ``demo.scripts``.

``==`` days ago, teller, flags · ``title:``, ``place:``, ``happened:`` · ``@part``
begins a part of the story · ``--`` is talk under it.
"""

TELLING = """
== 288.0 kofi photo=rim+belt sound=rim
title: The bell that hung at the school
place: Nkawie
happened: the dry season before last
@set_out
We wanted one sound that means fire and nothing else. Before, people shouted, and in our
village people shout about everything. #fire
@body
The carpenter gave the frame and the school gave the wall. On the first night of wind I
rang it, and forty people came with branches. I counted them by torch. We stopped the
fire at the path which the women had swept that week for a funeral. The funeral saved us
as much as the bell.

After two days my aunt had it moved, because of the noise. I left that out when I told
it the first time. It hung behind the store for a month, and in that month there was a
fire that nobody rang for.

Now it is a wheel rim on the big tree. It has no key, no wall and no owner. My aunt says
that the sound is worse. It is, and everybody knows it.
@did_not_work
We asked the school and the carpenter and the chief. We did not ask the people who sleep
next to the wall. A bell that one person can move is one person's bell.
@surprised
That the swept path did more than the branches.
@differently
Hang it where no one sleeps, and ask the strictest aunt first.
@do_not_copy
Where a bell already means something else. In the next village a rim is the sign for
food.
-- 9h salifu
I have told this in three villages, with the aunt in it. The aunt is why they believe
it.
-- 2d mariama question
Who rings it when the men are at the funeral?
-- 1d kofi
My aunt. She was given no choice, by herself.
-- 60d wanjiru experience
We tried the rim. It works. A goat was tied to the tree and the goat did not agree.

== 279.0 fatima photo=nursery
title: Four thousand seedlings and a path through the middle
place: A school nursery north of Tamale
happened: from the first rains to the second dry season
@set_out
Three chiefs wanted a nursery and I had the seed. It was the first time that everybody
who had to agree agreed at once. That should have made me careful. #seedlings
@body
In the sixth month four thousand seedlings stood behind the school in rows, and we took
the photograph that is in two reports. By the ninth month there were six hundred, and a
path through the middle, because it was the shortest way to the borehole.

Nobody had done anything wrong. The children watered until the holidays. The holidays
are eleven weeks long. Each chief had understood that one of the other two would send
somebody.

We planted out the six hundred. After two dry seasons 214 live. I know each of the
places.
@did_not_work
We counted seedlings and never the people who had time for them in the dry months. We
had a rota for the rains, when everything grows by itself.
@surprised
Of the 214, almost half stand along the path. People who walked there every day watered
the ones they passed.
@differently
Begin with who passes by, and put the nursery there. Pay one person through the holidays
or plant a tenth.
@do_not_copy
Where the shortest way to water runs through your best idea.
-- 5h yaa
214 of 4,000. I would not have dared to write it. Thank you.
-- 1d thomas
The photograph is in one of my reports. I have asked for a second photograph.
-- 3d akosua experience
Ours stand along the path to church. God waters them once a week and the choir does the
rest.

== 266.5 ibrahim
title: What the grandmother knew about dew
place: West of Tamale
happened: every year, if one is not caught
@body
My grandmother burnt early. She went out before the sun with a branch and burnt a hand's
width of grass, then another, while it was still wet enough to sulk. By the time the
harmattan came there was nothing left to be afraid of.

Then it was forbidden, and nobody came to ask her. The grass grew tall and polite for
eleven months and burnt like paper in the twelfth.

I began again four years ago, at the edge of my own shea. In three of the years
nothing crossed. In the second I was late by a week; the dew was gone by seven; and I
burnt what I wanted to save. Nineteen trees. I replanted eleven, and the goats have
had five. #fire
#firebelts
@did_not_work
I trusted the calendar in my head. She never used one: she walked barefoot and felt
it. I wore boots.
@do_not_copy
Where seedlings stand in the grass, and anywhere that you cannot count the dew.
-- 1d joseph view
In two of our blocks the same method killed the seedlings. I am glad that this story
says so itself.
-- 8h ibrahim thanks
I wrote it in because you said it, Joseph.
-- 4d kwame
"Wet enough to sulk" is the best definition of fuel moisture I have read.

== 240.0 esi
title: The notice under the stone
place: The reserve's edge
happened: the week after the gathering
@set_out
A joint patrol, officers and farmers, to show that we can look at the same thing
together.
#patrol
@body
We found a pit with nobody there. The rule says that a notice is to be left in a
visible place. I put it under a stone so that the wind would not take it. The wind did
not take it, and neither did the owner, who has no reason to look under stones.

He lost nine days. He has a permit. The number on it is from the old book and my list
was from the new one. It was all correct, and it was all wrong.

I went to him. He gave me water before he said a word. Then he said: "You wrote my
name in a book and put the book away. What is a name for?"
@did_not_work
The patrol was joint in its boots and not in its books. We had one list each and never
laid them side by side before walking.
@differently
One evening with both books before any patrol. We do it now. It takes two hours, and in
most months we then need not walk at all.
@do_not_copy
Where the books are used to find people and not to find mistakes.
-- 6h yaa thanks
The man is my cousin. He has read this and asks me to say that the water was good water.
-- 1d daniel
It is the reason why there is one list. I would not have offered without the stone.
"""
