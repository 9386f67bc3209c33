"""More of the Forest Forum's wiki. The form is told in ``wiki_one``."""

PAGES = """
== 288.1 fatima
title: Seedling survival table
Planted means put into the ground with a name on the list. Alive means green after the
**second** dry season. Please add yours, also the bad ones.

| nursery | species | planted | alive | counted by |
| --- | --- | ---: | ---: | --- |
| North of Tamale, school | mixed | 600 | 214 | Fatima, on foot |
| Sagnarigu | shea | 120 | 77 | the women's group |
++ 250.0 kwabena
@end
| Goaso, farm edges | teak | 900 | 702 | Kwabena, and his daughter again |
++ 234.0 wanjiru the dry slope
@end
| Nyeri, the slope that everybody said was too dry | cedar | 340 | 9 | everybody |
++ 17.0 wanjiru counted twice where the rows cross
@find
| 340 | 9 | everybody |
@with
| 310 | 9 | everybody, properly this time |
++ 12.0 fatima what the table cannot say
@end

It cannot say why. The two best rows have somebody who lives within sight. That may be
the reason, or it may be why they counted.
-- 2d kwabena
My daughter would like to be named. Ama Ofori, fifteen, secretary in waiting.
-- 3h fatima
I will ask her mother.

== 281.3 george
title: Tree tenure in plain words
**A tree you planted is yours.** You may cut it, but to sell it you need a registration
form.

**A tree that grew by itself is vested in the state, even on your farm.** You may use it
for your household and not sell it.

**Between the two stands the form**, and the form wants to know what you cannot prove:
that you planted it.
++ 270.0 kofi the tree in between
@end

## Questions I was asked

*And a tree that grew by itself but that I have weeded around for eleven years?* By the
letter: not yours.
++ 200.0 linda from the buyer's side
@end

*May a company buy an unregistered planted tree?* No. We have sent back good logs, and
that hurts both sides. Register first, even if it takes a season.
++ 124.3 george read aloud in three villages
@end

## The list of shame: questions I cannot answer

1. If two brothers weed around it, whose is it?
2. If the company planted on my land and went bankrupt?
3. Does the form die with the person?
4. What if the chief's boundary and the district's boundary both cross the trunk?

== 109.5 pearl
title: Who owns what we measure
Draft. It holds for pictures from the air, counts, soil samples and alerts.

1. Ask before measuring, and say for what.
2. Pictures belong to whoever lives in them.
3. Counts by village may be shown to all.
++ 107.0 achieng
@end
4. Whoever measures says how wrong it can be, in the same sentence.
++ 105.0 hanna Esi's words, at her request with her name
@find
Draft. It holds
@with
> If my office gets numbers on pits by village, my office will be asked to act on them
> by village. I cannot un-know it. So please decide before you send it to me, not after.
> (Esi Quansah, district forest office)

Draft. It holds
++ 103.0 patrick
@end
5. A company in this forum does not buy from maps. Nobody can check that. It is written
   here so that you can hold it against us.
++ 13.0 kwabena the man with the tablet
@end

## Before you let somebody walk your boundary

- For whom, and who pays him?
- Into which computer does the line go?
- Do I get a copy *today*?
- What happens if I say no?

Not answered yet: [[What to ask a man with a tablet]].
-- 2d esi
I have tried the four questions on my own staff. Two could answer the first.

== 69.0 diego
title: Certified timber: the sums
Twelve farms, forty trees each, one shared audit. All prices as a share of the local
price of one straight tree.

| | year 1 | year 2 | year 3 |
| --- | ---: | ---: | ---: |
| audit, shared | −6.0 | −2.5 | −2.5 |
| premium of 11 % on 4 trees per farm | 0 | +5.3 | +5.3 |
| waiting 90 days | 0 | −0.7 | −0.7 |
| **together, whole group** | **−6.0** | **+2.1** | **+2.1** |

Assumptions: trees are straight; nobody leaves; somebody is the secretary.
++ 68.0 kwabena trees are trees
@find
Assumptions: trees are straight
@with
Assumptions: three trees in five are straight (Kwabena counted his)
++ 67.5 diego the sums again, with crooked trees
@find
| premium of 11 % on 4 trees per farm | 0 | +5.3 | +5.3 |
@with
| premium of 11 %, straight trees only | 0 | +3.2 | +3.2 |
++ 67.4 diego and the last line, of course
@find
| **together, whole group** | **−6.0** | **+2.1** | **+2.1** |
@with
| **together, whole group** | **−6.0** | **0.0** | **0.0** |
++ 60.0 marek sixty days
@end

From next season the price letter says **sixty days** for groups of ten and more. That
turns the last line a little above nought. Compare with Patrick's seven per cent on
delivery, which needs no audit and promises nothing about what is left standing.

== 288.5 mariama
title: Ideas for the next gathering
One idea a line, with a name. No idea is discussed here, only collected.

- Circles first, plenary last (Mariama)
- No microphone (Mariama)
++ 261.0 lucho
@end
- Two seats per community for people under thirty, chosen by them (Lucho)
++ 120.0 efua
@end
- Ask for each other's sheets six weeks before, by paper and phone too (Efua)
- One evening without a programme (Efua)
++ 24.0 mariama first evening
@end
- The women's groups host the first evening and set the order of speaking (Mariama)
++ 11.3 rosa the market of failures
@end
- A market of failures: bring one thing that did not work, with a label (Rosa)

== 15.9 efua
title: What we promised each other
Nine promises were on the wall. Each has a name. Only the one who made it writes how it
stands.

| | promise | who | stands |
| --- | --- | --- | --- |
| 1 | one list of pits | Daniel | done |
| 2 | page three of the form | Grace | done |
| 3 | joint patrol, two places | Esi | one place |
| 4 | a bell in each village | Kofi | 9 of 14 |
| 5 | the road closed | Patrick | |
| 6 | a price letter that says why | Linda | |
| 7 | early-burning talk with the service | Joseph | |
| 8 | survival table, honest | Fatima | done |
| 9 | a vote for people under thirty | Efua | |
++ 15.0 linda
@find
| 6 | a price letter that says why | Linda | |
@with
| 6 | a price letter that says why | Linda | late; it waited for me |
++ 14.2 joseph
@find
| 7 | early-burning talk with the service | Joseph | |
@with
| 7 | early-burning talk with the service | Joseph | not begun; mine to ask |
++ 0.9 patrick
@find
| 5 | the road closed | Patrick | |
@with
| 5 | the road closed | Patrick | bar ordered, third one |
-- 3h efua thanks
Eight of nine have an honest line. I still owe number nine.

== 178.0 kwame
title: Notes of the charcoal webinar
Fourteen people came, four of them by phone.

- First question, from the women's groups: *who is meant when you say "the burners"?* In
  most pits, five women and a man.
- Nobody wanted pits inside a belt. Nobody had ever been asked to say so.
- The circular: see [[Charcoal permits: how it works today]].
++ 177.0 mariama
@end

Not answered: what the women earn per sack, and who sets it.

== 230.0 nii
title: How to call the radio
Saturdays after the news. It costs you one missed call: we ring back.

Say your name or do not. We do not put offices on air without asking them.
++ 228.0 nii
@find
We do not put
@with
We do not take goats. We do not put
++ 90.0 abena for people without credit
@end

If you have no phone, the linker records you on Tuesday and plays it back to you
before it is used.
"""
