"""Three small spaces beside the Forest Forum: open, private and resting.

The exchange in the form told in ``exchange_spring``; pages as in ``wiki_one``.
"""

WELLS_TALK = """
== 62.0 lydia
This space is open: anybody can read it, and joining takes one press. Report a well, say
what you saw and when. Guesses are welcome if they are called guesses. #wells
-- 1d peter
Good. Ours in Molo: the pump at the school is dry since Friday, the one at the church
runs.

== 48.2 comfort experience
We tested eleven wells with the cheap strips and four of them again with the expensive
ones. The strips were right three times and wrong once, in the dangerous direction. I
would still use them, and I would never use only them. #testing
-- 8h lydia
Which one was wrong? I will go there with the kit on Monday.
-- 2d lydia
It was the strip that was wrong and not the well. The packet had lain in the sun.

== 30.1 kofi question
Our well smells of iron after the rains. Is it dangerous or only ugly? The children
refuse the tea. #wells
-- 4h comfort
Iron smells and stains; by itself it does not harm. But ask when it began. If it began
together with the new latrine, that is another story.
-- 1d kofi
It began with the rains. The tea is still refused.

== 12.0 peter question
Who pays for the second repair? For the first there is always somebody. #repairs

== 5.3 efua resource
The list of the 14 wells that committees have looked at this quarter is on the wiki as
[[Which wells run]], with dates. A well without a date is a rumour. #wells
-- 9h peter thanks
Two rumours fewer: I have added dates for Molo.

== 1.1 lydia experience
A repair that lasted: the committee in Dalun keeps the old gasket in a jar, so that
everybody can see what a worn one looks like. They change it before it leaks. It costs
less than the jar. #repairs
"""

WELLS_STORIES = """
== 40.0 comfort
title: The pump that was locked for its own good
place: Near Tamale
happened: two dry seasons ago
@body
The committee locked the pump at night so that it would last longer. It did last
longer. The women queued from four in the morning instead, and three girls came late
to school each day for a term. Nobody counted that as a cost, because it did not drip.
#repairs
@did_not_work
We measured litres and days without repair. Both went well.
@differently
Ask who waits. Now the key is out from five, and the girls fetch first.
@do_not_copy
Where the lock is the only reason why there is still a pump.
-- 1d peter
Our lock has the same story, without the girls going first. I have told the committee.
"""

WELLS_PAGES = """
== 55.0 lydia
title: Which wells run
A date behind each. A well without a date is a rumour.

| well | runs | seen |
| --- | --- | --- |
| Dalun, market | yes | by the committee |
| Sagnarigu, school | yes, slowly | by Comfort |
++ 33.0 comfort
@end
| Nyankpala, clinic | no, gasket | by Comfort |
++ 5.0 peter Molo
@end
| Molo, school | dry | by Peter |
| Molo, church | yes | by Peter |
"""

NURSERY_TALK = """
== 70.0 mariama
This room is ours. Nobody outside knows that it is here. What is said here goes to the
forum only if all six of us say so.
-- 4h hawa
Good. Then I begin: the seedlings are counted by the men and watered by us.
-- 1d azara
And the money is given to the one whose name is first on the list.

== 41.5 azara question
If we ask for our own nursery account, who will be angry, and can we live with it?
#account
-- 9h hawa
My husband's brother. Yes, if we do it together.
-- 2d abena
I have asked the savings union: three signatures are enough, none has to be a man's.

== 16.0 hawa experience
First sale: 60 shea seedlings, to the school. The headmaster tried to pay my husband,
who was not there. He had to pay me. I counted it twice because I enjoyed it. #account
-- 5h efua thanks
I have read this out at home.

== 8.4 mariama question
Do we tell the forum what we wrote here on counting and watering? I would take out the
names and the place. All six have to agree, and one no is enough.
-- 1d comfort
Yes from me.
-- 8h azara
Yes. Leave in that we watered.
"""

NURSERY_PAGES = """
== 60.0 hawa
title: Watering turns
Monday and Thursday Hawa. Tuesday and Friday Azara. Wednesday Comfort. Saturday
whoever is not at the funeral.
++ 20.0 azara
@find
Saturday whoever
@with
Sunday nobody, it is enough. Saturday whoever
"""

GRAZING_TALK = """
== 270.0 efua
Before the rains the herders and the farmers met at last in one place. Here the talk
goes on until the corridor has been walked. #corridor
-- 2d musa
The herders have sent me because I have a phone. I will say what they say, and also
when I think differently.

== 262.0 ibrahim view
A corridor that is drawn in an office goes through my yam. #corridor
-- 1d musa
And one that is drawn in the yam goes through the river. We should walk.

== 255.3 musa experience
We have walked it: eleven of us and a dog. In four places it had to be bent, in one it
could not be. There the cattle pass before dawn and a boy runs in front with a lamp.
#corridor
-- 7h ibrahim
The boy is my nephew. He is paid in milk and thinks that he is rich.

== 228.0 efua
The rains are here and everybody is in the field. This room rests until the grass is dry
again. Nothing is lost; if something burns, ring me.
"""
