"""The Forest Forum's wiki. Read by ``demo.scripts``.

``==`` days ago, who · ``title:`` · the first text. ``++`` is a later version (days ago,
who, what changed), made by ``@find`` … ``@with`` … and by ``@end``, which adds below.
``--`` is talk under the page. ``{month:298}`` is the month that many days ago.
"""

PAGES = """
== 296.0 efua
title: Start here
Welcome. This is the Forest Forum's shared memory. Anybody who is a member can write
in it, and nothing is ever lost: each version is kept under *History*.

- What we said when we met: [[Minutes of the {month:298} gathering]]
- What we work on: [[Fire belts]], [[Charcoal permits: how it works today]]
- Whom to ring: [[Who to call]]
++ 282.0 zainab words that nobody explains
@end
- Words that nobody explains: [[Glossary]]
++ 240.0 george
@find
- Whom to ring
@with
- Whose tree it is: [[Tree tenure in plain words]]
- Whom to ring
++ 105.5 pearl the rules about data
@find
- Words that nobody
@with
- Whose numbers they are: [[Who owns what we measure]]
- Words that nobody
++ 45.0 efua
@end

## If you have five minutes

Pick a red link on any page and write the first three sentences. Three honest sentences
are better than a page that is planned. At present we miss [[How to sharpen a cutlass]],
[[Bees and belts]] and [[Songs for a slow patrol]].

== 295.2 hanna
title: Fire belts
A fire belt is a strip where nothing is left that burns. It does not stop every fire. It
gives people a place to stand.

## Width

The handbook says ten metres.

## Month

Before the grass is dry.

## Who clears

Those whose land it protects.
++ 279.0 salifu swept beats wide
@find
The handbook says ten metres.
@with
The handbook says ten metres. In practice a **swept** strip of three to four metres
holds better than ten metres of cut grass left lying, because lying grass burns as
well as standing grass.
++ 277.0 ibrahim the wind
@find
standing grass.
@with
standing grass.

It also depends on the hour. Before two in the afternoon four metres have held in our
place. After two, when the wind turns, we do not trust any width and stand further back.
++ 262.0 akosua who really clears
@find
Those whose land it protects.
@with
On paper: those whose land it protects. In fact: those who are at home in that month.
Where the men travel for work, the women clear, and then the belt is as wide as one
can sweep between fetching water and cooking. Plan the length for that, or share the
clearing.
++ 206.0 kwame what we do not know
@end

## What we do not know

- Whether two narrow belts are better than one wide one. Two of us think so; nobody has
  measured it.
- What early burning does to seedlings. See Ibrahim's story *What the grandmother knew
  about dew* and Joseph's answer below it.
- What counts as failure: a belt that fire crossed, or a belt that nobody came to clear?
++ 53.0 salifu when to begin
@find
Before the grass is dry.
@with
Begin when the first third of the grass has turned yellow; be done four weeks later.
In the north that was around the middle of {month:54} this year. Look at the grass,
not at the calendar.
++ 33.2 hanna eight belts are not a study
@find
## What we do not know
@with
## What we have seen

| season | swept belts | crossed by fire | unswept belts | crossed by fire |
| --- | ---: | ---: | ---: | ---: |
| the one before last | 2 | 0 | 4 | 1 |
| last | 3 | 0 | 5 | 2 |

Eight belts are not a study. The swept ones also have the better neighbours.

## What we do not know
-- 5h salifu
I would put the last sentence first.
-- 1d hanna
And I would too, but then nobody reads the table.
-- 20h akosua question
Can we have a row for belts that were swept by women alone? I think I know what it
shows.

== 294.0 grace
title: Charcoal permits: how it works today
*How it works, not how it should. Correct me.*

1. You apply at the district office with the form, a sketch and the chief's signature.
2. The office checks whether the place lies outside the reserve.
3. You pay, you get a permit with a number. It is valid for one season.
4. Whoever transports needs a second paper, the conveyance certificate.
++ 290.0 yaa how it really goes
@find
1. You apply
@with
**Step zero.** You go to the office to hear on which day the form is there. This is
journey one.

1. You apply
++ 286.0 grace page three is gone
@find
with the form, a sketch and the chief's
@with
with the form and the chief's
++ 243.4 daniel numbers from the three lists
@end

## Numbers

From the three lists that are now one, without names: **84 pits**, of which 51 have a
permit of their own, 19 stood twice under different names, and 14 have none.
++ 213.0 grace the circular
@end

## Changes of rules

- **{month:214}**: a circular on sealing, dated the first, which reached this desk on
  the ninth. A pit was sealed on the eighth. It was opened again. From now on each
  change is entered here on the day that it *reaches the desk*, with both dates.
++ 208.0 diego who cooks on it
@end

## Who cooks on it

A household survey in two towns found nine in ten households cooking on charcoal. The
poorest buy the smallest bags and pay about twice as much per kilogram. Any rule about
pits is also a rule about kitchens.
++ 38.2 grace a table in the village
@find
## Changes of rules
@with
## On trial: the table in the village

Two villages, four months: once a month the desk comes to a table under the tree. **22
permits**, 11 of them for people who had never been to the office. It costs one
journey for me instead of twenty-two for you. See also [[The budget line called
stationery]].

## Changes of rules
-- 3h yaa
Step zero is still true in my village. It is not one of the two.
-- 1d grace
I know. I am counting how often I hear that, because the number will help.
-- 2d thomas view
Could the page also say what happens *after* the permit? Nobody looks again at a place
once the season is over.

== 291.0 zainab
title: Glossary
**Belt**: a strip without anything that burns. See [[Fire belts]].

**Pit**: where charcoal is made; also called a mound, though it is above the ground.

**Plot**: for a researcher, a square with tape around it. For a farmer, everything.
++ 280.0 george
@end

**Vested**: held by the state "in trust for the people". Ask what happened the last time
the trust paid out. See [[Tree tenure in plain words]].
++ 240.0 linda
@end

**Chain of custody**: being able to say at each step whose log it is. It is not a chain.
++ 131.0 wanjiru
@end

**Harambee**: pulling together; also the envelope that goes round while you do.

**Miller**: the person who keeps the key, the book and the secrets.
++ 95.0 akosua plot, again
@find
For a farmer, everything.
@with
For a farmer, everything. For a surveyor, a number.
++ 20.0 nii
@end

**Goat**: what people call the radio about.

== 293.0 daniel
title: Who to call
Numbers are on the list at the bell, not here: this page can be read by all members, and
some of the numbers are of shared phones.

| what happens | first | then |
| --- | --- | --- |
| smoke | whoever is nearest the bell | the fire service |
| a pit is sealed | Grace at the permit desk | George |
| a log is on the road | the miller, she knows | the forest office |
++ 281.0 salifu
@find
| a pit is sealed
@with
| smoke near the bakery | nobody | nobody |
| a pit is sealed
++ 150.0 abena people without a phone
@end

No phone? Leave word with the linker on market day, or tie a cloth to the bell post. I
look at it every Tuesday.

== 291.5 hanna
title: Minutes of the {month:298} gathering
Two days, 54 people, six groups. These are notes of what was said, not of what was
decided; decisions are at the end.

## First day

- Each group said what the forest gives it and what it fears to lose. Farmers and
  companies named the same tree.
- Circles of six on fire. See [[Fire belts]].
- In one circle it was said that seedlings are given out in the month when women are at
  the farthest field. It was said by Akosua, and it was nearly not written down.

## Second day

- Charcoal, with the permit desk in the room: [[Charcoal permits: how it works today]].
- Certified timber: more questions than answers.

## Agreed

1. Each village rings its own bell.
2. Joint patrols are tried in two places.
3. One list of pits instead of three.
4. Everyone may quote the hall, nobody may quote a person without asking.
++ 290.0 mariama who spoke
@find
## Agreed
@with
## Who spoke

In the plenaries there were 61 turns. Women had nine. In the circles of six it was
almost even.

## Agreed
++ 285.0 efua
@find
## Agreed
@with
Next time: circles first, and the circles send words, not people.

## Agreed
++ 16.0 joseph what became of it
@end

What became of these four and of the other five promises on the wall stands on
[[What we promised each other]].
"""
