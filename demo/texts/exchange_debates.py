"""Forest Forum, the exchange: four long arguments and the weeks between them.

Charcoal permits, who pays the fire volunteers, whose data it is, the certified price.
The form is told in ``exchange_spring``.
"""

TALK = """
== 214.0 yaa experience
They sealed my pit on Tuesday. I have a permit, it is in the tin, I showed it. The man
said that the new rule is from the first of the month and that I should have heard. I
had not heard. Two weeks of wood are under the soil and I may not open it. #charcoal
#permits
-- 3h kofi
I am so angry that I have walked around the house twice. Which office was the man from?
-- 1h esi
Not from mine, and I want to know too. Yaa, may I call you? Do not open it before we
have spoken, please; I know what I am asking.
-- 6h thomas view
I will say the unpopular thing. There is a reason for a rule: the reserve edge went back
forty metres in one year, and most of that was pits. I am sorry about this pit. I am not
sorry that somebody looks.
-- 2h kwabena view
Forty metres. The sawmill road is sixty metres wide. Nobody seals a road.
-- 3h patrick
It is twelve metres wide, I have measured it with the men, and I will show you on
Saturday. But yes, it was opened without anybody asking you.
-- 8h grace
I found it. There is a circular, it is real, it is dated the first, and it reached my
desk on the ninth, after the pit was sealed on the eighth. I have it in my hand. I would
not have believed it either.
-- 2h daniel
Then the sealing was before anybody could have known. I will write that, with the dates,
today.
-- 2d yaa thanks
They opened it this morning. A third is ash. Madam Grace came herself, with the
circular, and read it aloud to the men. I thank those who wrote dates instead of
speeches.

== 211.2 hanna view
Two things are being mixed up, it seems to me. One: was Yaa wronged? Yes. Two: is there
too much charcoal taken at the reserve's edge? Also yes, as far as our plots show. If
we only talk about the first we will be surprised by the second. #charcoal
-- 5h yaa view
Doctor, you count stumps. Do you count what they eat in the town on my charcoal? If you
put a number on the stumps, put one on the kitchens next to it.
-- 7h hanna
That is fair. I have not, and I should. Would you help me to know what to count?
-- 1d yaa
Sacks. Everybody lies about money and nobody lies about sacks.
-- 3d diego resource
There is a survey from two towns: nine households in ten cook on it, and the poorest
buy the smallest bags at twice the price. I have put three lines of it on [[Charcoal
permits: how it works today]] with the page numbers.

== 208.3 grace question
If you could change one thing in how a permit is given, and only one, what would it be?
I have a meeting on the twelfth, and I am allowed to bring a page. #permits #charcoal
-- 2h yaa
A date on which it starts and ends, written in big numbers.
-- 5h kofi
That it may be given in the village, once a month, at a table.
-- 8h esi
That the copy in the district book and the copy in the tin have the same number.
-- 4h patrick view
That whoever buys has to show it as well. Today all the risk sits with the one who
burns.
-- 6h thomas
What Patrick says. I did not expect to write this sentence.
-- 1d zainab
A text message when the rule changes. One hundred and sixty letters are enough for "from
the first of the month".
-- 9d grace
I brought the page. The table in the village: yes, on trial, four months, two villages.
Same number: yes, at once, they were embarrassed. Big date: yes. Text message: "noted".
Buyers: silence, then tea.

== 203.0 nii offer
I would like to bring the charcoal talk on air, with both sides. Who would dare? I will
cut nobody and read the questions to you beforehand. #radio #charcoal
-- 9h esi
If Yaa comes, I come.
-- 1d yaa
If I may speak first.

== 197.4 mariama view
I have been quiet in this because the women I work with are on both sides. They carry
the sacks, and they fetch the water from the stream that is lower every year. When you
say "the charcoal burners", you say a man with a pit. It is five women and a man with
a pit.
#charcoal #women
-- 1d efua
May I take this to the webinar as its first question, in your words?
-- 4h mariama
In their words. I will ask them on Thursday, and they will change it.

== 190.2 kwame resource
Notes of the webinar are on the wiki. What I took home: nobody in the call wanted pits
inside the belt, and nobody had ever been asked to say so. #charcoal

== 176.5 daniel question
Before the next budget I need one number: what does a night of fire watch cost, all in?
Boots, batteries, porridge. I have to defend it before people who think that volunteers
are free. #payment #fire
-- 1d salifu experience
A night with eight people: porridge and tea for eight, two torch batteries, fuel for one
motorbike. It comes to what the assembly pays for one hour of a hired grader.
-- 7h ibrahim view
And a morning that each of them does not work. You never count the morning.
-- 2d rosa experience
With us the brigade asked for insurance, not for pay. One man had broken his ankle the
year before. It was cheaper than we feared, and it was the first thing that made the
young ones sign.

== 164.1 akosua
It has rained for nine days and I have nothing to report, except that it has rained for
nine days. I wanted to see whether the text message still works. #hello
-- 3h zainab thanks
It works. It says you are wet.

== 149.3 ibrahim question
Who pays the fire volunteers, if the answer is not "the next project"? The last
project paid for two years. When it ended, the men who had come for nothing before
would not come for nothing any more. I say this as one who was paid. #payment #fire
-- 4h thomas
That was our project. I have read your sentence four times. You are right, and it was
not in our final report.
-- 6h kofi view
Then never pay! My father cleared the belt because the fire would eat his cocoa.
-- 3h akosua view
Your father owned the cocoa. My brother clears the belt for other people's cocoa.
-- 5h salifu view
Not money. Boots, and the name on a board. I have seen men walk nine kilometres for a
name on a board.
-- 1d mariama view
Men, yes. The women who carried the water were not on the board.
-- 8h salifu
That is true, and I painted the board. I will paint it again.
-- 2d diego view
May I bring an outside view? Small pay crowds out pride, fair pay does not. The harm is
done by pay that is too little, too late and decided elsewhere. So either do not start,
or put the money where the village can see it.
-- 1d kwabena experience
We did that. A tin, three locks, three people. It is the only money in Goaso about which
there are no stories.
-- 4h ibrahim thanks
Three locks. I will bring this to the elders. I also ask whoever funds us next: begin
with the last year, not with the first.

== 143.0 pearl
The board with the names has been painted again: 31 names, fourteen of them women's. I
have a photo. Somebody had corrected the spelling of the fire officer. #fire

== 131.2 wanjiru question
Do any of you burn early on purpose? Here it is forbidden, and everybody above sixty
says it is the only thing that ever helped. #fire #firebelts
-- 2d ibrahim experience
Early burning, small, in the dew, before the grass is yellow. My grandmother did it with
a branch in her hand. I do it, and I do not write here where.
-- 1d salifu
I have not read this. If you wish to do it with a permit, I am in the office on Mondays,
and the paper is one page.
-- 3h joseph view
I would be careful with "it always helped". In two of our blocks it helped the grass and
killed the seedlings. It was the same grandmother's method.

== 124.4 george
The tree-tenure page has been read aloud in three villages, and I have eleven new
questions, seven of which I cannot answer. They are on the page in a list of shame.
#tenure

== 109.0 pearl question
Who owns the pictures from the drone? I have flown four farms with permission. Today
somebody I do not know asked for "the dataset", kindly, by mail, with a logo. Before I
answer I would like to hear what you think. #monitoring #data
-- 2h kwabena view
I said yes to you. I did not say yes to a logo.
-- 3h achieng view
As the one who lives from data: open data has done more for forests than any policy I
know. If each picture is somebody's secret, we will never see the district as a whole.
-- 5h george
Let me ask it the other way round. What could be done with it against the one who lives
there? A boundary that is two metres off, on a map with a logo, is a boundary.
-- 4h patrick view
I would use it, honestly. I would look where big trees stand. You should know that when
you decide.
-- 6h linda
What Patrick says is brave. We have a rule that we do not buy from maps. Nobody can
check that we keep it.
-- 1d achieng
Then open is the wrong word for the raw pictures. Counts by village: open. Pictures:
with the person. Would that do? It hurts me less than I expected.
-- 8h kwabena
By village I agree to. With my name beside it when it is good and without when it is
bad.
-- 2h achieng
That is not how averages work, but I understand you very well.
-- 2d pearl thanks
I have answered the logo: counts by village, yes; pictures, ask the farmer, here is
how. The draft of the rules is at [[Who owns what we measure]]. They wrote back:
"Interesting."

== 105.1 esi view
There is one more thing about the data and I say it against myself. If my office gets
numbers on pits by village, my office will be asked to act on them by village. I cannot
un-know it. So please decide before you send it to me, not after. #data #charcoal
-- 5h hanna
This should stand at the top of the page, word by word. May I?
-- 2h esi
With my name.

== 99.2 fatima resource
What each soil sample costs, what it tells and what it does not, on one page. The short
version: if you have money for ten samples, take one and ask nine old people. #data
-- 1d kofi
I am available for sampling.

== 84.0 joseph question
Has anyone worked out how to keep a patrol book when half of the patrol reads and half
does not? #patrol

== 70.3 linda offer
The price letter for certified teak is here: eleven per cent above the local price, paid
ninety days after delivery, for groups with a valid certificate. I know that ninety days
are long. I could not get sixty. I would rather you heard it from me. #certification
#timber
-- 4h kwabena view
Eleven per cent in ninety days. The lender takes five in a month. Take your pencil.
-- 6h marek view
I sit at the other end of this, so perhaps it helps. The customer pays me after 120
days. Between us stands a bank, and a certificate does not impress it. I am not saying
that it is fair, I am saying where the days come from.
-- 5h diego resource
Pencil: a group of twelve, forty trees each, the audit shared. The premium pays for the
audit from the second year on. The first year is a loss of about one bag of fertiliser
each. The table with all the assumptions is on [[Certified timber: the sums]]; please
break it.
-- 1d kwabena
You assumed that the trees are straight.
-- 3h diego
I did. How straight are they?
-- 2h kwabena
They are trees.
-- 1d patrick view
There is a third road. I pay on delivery, seven per cent above, with no certificate,
because a straight log saves me a blade. Nobody asks me for it, because nobody knows it.
-- 7h linda view
That is a good offer for the straight ones and it leaves the forest where it is. The
certificate also says what you do *not* cut. Seven per cent does not say that.
-- 9h rosa experience
Our group lapsed in the third year over one form. Ask who will be the secretary in the
third year. If nobody raises a hand, take the seven per cent, and I am not joking.
-- 2d kwabena
I asked. My daughter raised her hand. She is fifteen, so we have three years.

== 66.2 thomas question
Who should pay for the first year of the audit, if the buyer will not and the farmer
cannot? I could put it in a proposal, but I remember what Ibrahim said about beginning
with the last year. #certification #payment
-- 1d ibrahim
A loan from the tin, and the tin is paid back first. If the project pays, we will wait
for the next project.

== 61.4 marek
I have changed one thing, a small one: sixty days for groups of ten and more, from next
season. I had not known that the lender takes five a month. Nobody puts that in a price
letter. #certification
-- 5h linda thanks
It took a farmer's pencil, and I have been asking for two years.
"""
