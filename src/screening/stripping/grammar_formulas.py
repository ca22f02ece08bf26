"""What may come along of formulas in letters, and of the drawings that older programs wrote.

Lines of the grammar of letters, kept apart for their length; the prefixes are those of letters.
"""

from __future__ import annotations

FORMULAS = """
m:oMathPara
m:oMathParaPr
m:oMath
m:jc val
m:r
m:rPr
m:t xml:space
m:sty val
m:scr val
m:nor val
m:lit val
m:brk alnAt
m:aln val
m:ctrlPr
m:f
m:fPr
m:type val
m:num
m:den
m:sSup
m:sSupPr
m:sSub
m:sSubPr
m:sSubSup
m:sSubSupPr
m:alnScr val
m:sPre
m:sPrePr
m:e
m:sup
m:sub
m:argPr
m:argSz val
m:rad
m:radPr
m:degHide val
m:deg
m:nary
m:naryPr
m:chr val*
m:limLoc val
m:grow val
m:subHide val
m:supHide val
m:d
m:dPr
m:begChr val*
m:sepChr val*
m:endChr val*
m:shp val
m:m
m:mPr
m:mcs
m:mc
m:mcPr
m:count val
m:mcJc val
m:baseJc val
m:plcHide val
m:rSpRule val
m:rSp val
m:cSp val
m:cGp val
m:cGpRule val
m:mr
m:func
m:funcPr
m:fName
m:limLow
m:limLowPr
m:limUpp
m:limUppPr
m:lim
m:acc
m:accPr
m:bar
m:barPr
m:pos val
m:vertJc val
m:eqArr
m:eqArrPr
m:maxDist val
m:objDist val
m:groupChr
m:groupChrPr
m:box
m:boxPr
m:opEmu val
m:noBreak val
m:diff val
m:borderBox
m:borderBoxPr
"""
OLD_DRAWINGS = """
v:shape type style coordsize coordorigin path filled fillcolor stroked strokecolor
v:shape strokeweight adj o:spt o:allowincell wrapcoords
v:shapetype id coordsize adj path o:spt o:preferrelative filled stroked
v:rect style filled fillcolor stroked strokecolor strokeweight
v:roundrect style arcsize filled fillcolor stroked strokecolor strokeweight
v:oval style filled fillcolor stroked strokecolor strokeweight
v:line style from to filled fillcolor stroked strokecolor strokeweight
v:polyline style points filled fillcolor stroked strokecolor strokeweight
v:group style coordsize coordorigin
v:stroke color weight joinstyle dashstyle startarrow endarrow linestyle
v:fill color color2 opacity type on
v:shadow on color opacity offset
v:path textpathok gradientshapeok arrowok o:connecttype textboxrect o:extrusionok
v:formulas
v:f eqn
v:textpath on fitpath fitshape string* style~
v:textbox style inset
v:imagedata r:id croptop cropbottom cropleft cropright
o:lock v:ext aspectratio
w10:wrap type side anchorx anchory
w10:anchorlock
"""
