"""Forest Forum, the exchange: the last two months. The form is in ``exchange_spring``.

The posts dated ``new …`` lie between the last digest and now (a share of that time), so
that tomorrow's digest always has something to tell.
"""

TALK = """
== 54.2 salifu resource
The grass is turning. The belts should be swept in the next four weeks, not in six. Who
has not started? I will not shout, I only want to know where to bring the rakes. #fire
#firebelts
-- 8h ibrahim
Started. Two of five families came, so two fifths are swept.
-- 1d kofi
Done. My aunt inspected it and found a leaf.
-- 2d maame via=voice typed=abena
We have not begun. The chief who calls us is in hospital and no one may call in his
place. Can somebody from outside ask us, so that it is nobody's fault?
-- 5h salifu
I will come on Thursday with six rakes, and it will be my fault.

== 49.1 abena experience
I went round with the question of the month on paper: 46 sheets out, 29 back. Seventeen
wrote about the bell, five about the price of rakes, and one wrote a poem. What nobody
wrote about is the thing I had printed on the sheet. I will print something else. #paper
-- 1d efua
What was the poem about?
-- 3h abena
The bell.

== 43.0 zainab question
My class asks why a forest forum talks so much about grass. I said that the fire comes
in through the grass like a thief through the kitchen. Is there a better answer? #youth
-- 1d kwame
There is not. May I use it in a lecture?

== 38.3 daniel
The village permit table, after four months: 22 permits written, eleven of them to
people who had never come to the office. Two villages want it to stay. One officer
wants it to stop because his travel is not refunded. That officer is me. #permits
#charcoal
-- 9h yaa thanks
I was number four. It took as long as a cup of tea.
-- 1d grace
I have found the budget line. It is called "stationery", do not ask.

== 33.4 hanna resource
Plots after the last season: at the three swept belts no fire went through, at the five
unswept ones it went through twice. Before anybody prints this: eight belts is not a
study, and the swept ones also have the better neighbours. #firebelts #data
-- 6h salifu
I have printed it.
-- 1h hanna
With the second sentence?
-- 2d salifu
I have printed it again.

== 28.1 patrick question
If the mill paid for rakes and boots, would that be welcome, or would it look as if we
were buying silence about the road? I ask before I do it, because I can imagine both.
#payment #timber
-- 7h kwabena view
Both. Do it through the tin with the three locks, and say the sum aloud.
-- 1d akosua view
And close the old road with a bar first. Then I will wear the boots.
-- 2d patrick
The bar is ordered. I had hoped that the boots would be enough, I admit.

== 24.3 mariama offer
The women's groups will host the next gathering's first evening. Conditions: we set the
order of speaking, the microphone stays off, and there will be enough food. #gathering
#women
-- 3h efua thanks
Accepted with joy, all three.
-- 1d kofi
Who sets the order of eating?

== 21.2 lucho
In Lima we tried the text message idea: one per week, one question, answers free of
charge. Week one: 40 answers. Week two: 31. Week three: 9, because I asked two
questions.
#youth
-- 2d nii
I will steal this, with one question.

== 18.5 fatima question
Two nurseries have sent me their survival numbers in percent, without saying percent
of what. Planted, delivered or alive in the first month? It changes everything, and I
do not want to guess. Whose are they? #seedlings
-- 1d wanjiru
Mine are of planted. And I have to correct them: we counted the living twice where the
rows cross.

== 16.1 joseph view
I read that we will ask the companies for more. I would ask first what became of what
was promised at the last gathering. There were nine promises on the wall, and I count
four kept. Two of the other five are ours. #gathering
-- 5h efua
You are right to count. I have put the nine on [[What we promised each other]], and each
has a name.
-- 1d linda
Number six is mine, and it is late. I have written there why.

== 13.3 kwabena question
The buyer's man was here with a tablet and walked my boundary. He was friendly. He
could not tell me where the line goes afterwards, into which computer. What should I
ask before I let him walk again? #data #tenure

== 12.1 efua
Ninety-odd days until we meet again. On [[Ideas for the next gathering]] there are
eleven ideas, seven of them from the same three people. If you are not one of the
three: one sentence is enough, by mail, by text or through Abena. #gathering
-- 2h kofi
Four of the eleven are mine. I withdraw three.
-- 5h rosa
Bring one thing that failed, on the table, with a label. Like a market.
-- 1d thomas view
I like it, and I am afraid of it. My office will be there.
-- 3h yaa
Then sell it dear.

== 11.4 george
A village two hours from here has asked whether it may copy our three-lock tin. I said
that the tin may be copied but not the three people. Is there anything written about how
you chose them? #payment
-- 1d kwabena
One who is rich enough, one who is poor enough, one whom nobody likes. All three can
count.

== 10.2 pearl offer
I have three free days with the drone before the exams. The rule stands: counts for
all, pictures for the farmer. Who wants the swept belts seen from above before they
burn or do not burn? #monitoring #firebelts
-- 3h kofi
Take Nkawie as well, please. My aunt would like to see from above whether the leaf is
gone.
-- 6h salifu
The northern two, please. So that I am not the only one who says they are straight.
-- 1d ibrahim
Mine is not straight. It goes around a tree we like.

== 9.2 achieng question
Has anyone compared the fire alerts with what the volunteers saw this season? I have
the alerts and would need your dates, even rough ones such as "the Friday before the
funeral".
#monitoring #fire

== 7.3 nii resource
The Saturday programme with Yaa and Esi is on again by request. Forty-one calls. For the
first time more calls came from women than from men, and nobody wanted to sell a goat.
#radio #charcoal
-- 6h esi
I was called by my own mother-in-law. I would like that not to be minuted.

== 6.1 maame question via=voice typed=abena
Who keeps the ledger when the fire volunteers are paid in kind? We agreed at the
gathering that each village rings its own bell. The bell works. But the rice for the
volunteers came late, and now two families say that it never came. How do others write
it down so that both sides believe it? #payment #fire

== 3.2 hanna question
How do you decide that a belt has failed? I have "fire crossed it" in my notes, but in
two villages people say that a belt has failed when nobody came to clear it, burnt or
not. I think theirs is the better measure and it is not in any handbook. #firebelts
#data

== 2.1 kwame experience
Yesterday the wind turned at half past two, to the minute. Ibrahim, I owe you an apology
for my diagram. #fire
-- 5h ibrahim
Did you measure it, or did it burn?
-- 2h kwame
It burnt my eyebrows. Everybody is fine, the eyebrows will come back.

== 1.3 akosua experience
For the first time the seedlings came in the small rains. They were 400, not 600, and
they came on a Sunday. But they came, and I was at home. #seedlings #women
-- 2h kofi
I saw the lorry and thought that somebody had died. Congratulations.
-- 4h esi thanks
It took eleven months and a budget line with a wrong name. I am very glad.

== new 0.9 salifu
Smoke north of the river road at first light. It was the bakery. I say it here so that
all of you can laugh at the same time. #fire
-- new 0.7 achieng
I told you to mark the bakery.

== new 0.6 linda question
A journalist asks whether she may listen to the webinar on charcoal. I would say yes
with a name tag, but it is not mine alone to say. What do you think? #charcoal
#webinar
-- new 0.45 yaa view
If she says who she is before I say what I think: yes.

== new 0.35 mariama experience
The women's group in Sagnarigu has opened its own page in the patrol book. On the first
line it says: "Water low, two snakes, no men." #patrol #women

== new 0.15 efua
@[Kofi Asante], your bell story is the most read of the year. Would you tell the second
part, now that the rim has a crack? #fire
"""
