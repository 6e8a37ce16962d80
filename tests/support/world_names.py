"""
Names of states as lists write them, and the ids that they should lead to: typed in for tests, not taken from the table.
"""

from __future__ import annotations


def names_in(text: str) -> dict[str, str]:
    """The names and ids of a text: "name=id", several in a line with semicolons between them."""
    return dict(pair.strip().split("=") for line in text.strip().splitlines() for pair in line.split(";"))


#: The members of the United Nations, as its list of members writes them.
UNITED_NATIONS = names_in(
    """
    Afghanistan=AFG;Albania=ALB;Algeria=DZA;Andorra=AND;Angola=AGO;Antigua and Barbuda=ATG;Argentina=ARG;Armenia=ARM
    Australia=AUS;Austria=AUT;Azerbaijan=AZE;Bahamas=BHS;Bahrain=BHR;Bangladesh=BGD;Barbados=BRB;Belarus=BLR
    Belgium=BEL;Belize=BLZ;Benin=BEN;Bhutan=BTN;Bolivia (Plurinational State of)=BOL;Bosnia and Herzegovina=BIH
    Botswana=BWA;Brazil=BRA;Brunei Darussalam=BRN;Bulgaria=BGR;Burkina Faso=BFA;Burundi=BDI;Cabo Verde=CPV
    Cambodia=KHM;Cameroon=CMR;Canada=CAN;Central African Republic=CAF;Chad=TCD;Chile=CHL;China=CHN;Colombia=COL
    Comoros=COM;Congo=COG;Costa Rica=CRI;Côte d'Ivoire=CIV;Croatia=HRV;Cuba=CUB;Cyprus=CYP;Czechia=CZE
    Democratic People's Republic of Korea=PRK;Democratic Republic of the Congo=COD;Denmark=DNK;Djibouti=DJI
    Dominica=DMA;Dominican Republic=DOM;Ecuador=ECU;Egypt=EGY;El Salvador=SLV;Equatorial Guinea=GNQ;Eritrea=ERI
    Estonia=EST;Eswatini=SWZ;Ethiopia=ETH;Fiji=FJI;Finland=FIN;France=FRA;Gabon=GAB;Gambia (Republic of The)=GMB
    Georgia=GEO;Germany=DEU;Ghana=GHA;Greece=GRC;Grenada=GRD;Guatemala=GTM;Guinea=GIN;Guinea-Bissau=GNB;Guyana=GUY
    Haiti=HTI;Honduras=HND;Hungary=HUN;Iceland=ISL;India=IND;Indonesia=IDN;Iran (Islamic Republic of)=IRN;Iraq=IRQ
    Ireland=IRL;Israel=ISR;Italy=ITA;Jamaica=JAM;Japan=JPN;Jordan=JOR;Kazakhstan=KAZ;Kenya=KEN;Kiribati=KIR
    Kuwait=KWT;Kyrgyzstan=KGZ;Lao People’s Democratic Republic=LAO;Latvia=LVA;Lebanon=LBN;Lesotho=LSO;Liberia=LBR
    Libya=LBY;Liechtenstein=LIE;Lithuania=LTU;Luxembourg=LUX;Madagascar=MDG;Malawi=MWI;Malaysia=MYS;Maldives=MDV
    Mali=MLI;Malta=MLT;Marshall Islands=MHL;Mauritania=MRT;Mauritius=MUS;Mexico=MEX
    Micronesia (Federated States of)=FSM;Monaco=MCO;Mongolia=MNG;Montenegro=MNE;Morocco=MAR;Mozambique=MOZ
    Myanmar=MMR;Namibia=NAM;Nauru=NRU;Nepal=NPL;Netherlands (Kingdom of the)=NLD;New Zealand=NZL;Nicaragua=NIC
    Niger=NER;Nigeria=NGA;North Macedonia=MKD;Norway=NOR;Oman=OMN;Pakistan=PAK;Palau=PLW;Panama=PAN
    Papua New Guinea=PNG;Paraguay=PRY;Peru=PER;Philippines=PHL;Poland=POL;Portugal=PRT;Qatar=QAT
    Republic of Korea=KOR;Republic of Moldova=MDA;Romania=ROU;Russian Federation=RUS;Rwanda=RWA
    Saint Kitts and Nevis=KNA;Saint Lucia=LCA;Saint Vincent and the Grenadines=VCT;Samoa=WSM;San Marino=SMR
    Sao Tome and Principe=STP;Saudi Arabia=SAU;Senegal=SEN;Serbia=SRB;Seychelles=SYC;Sierra Leone=SLE;Singapore=SGP
    Slovakia=SVK;Slovenia=SVN;Solomon Islands=SLB;Somalia=SOM;South Africa=ZAF;South Sudan=SSD;Spain=ESP
    Sri Lanka=LKA;Sudan=SDN;Suriname=SUR;Sweden=SWE;Switzerland=CHE;Syrian Arab Republic=SYR;Tajikistan=TJK
    Thailand=THA;Timor-Leste=TLS;Togo=TGO;Tonga=TON;Trinidad and Tobago=TTO;Tunisia=TUN;Türkiye=TUR;Turkmenistan=TKM
    Tuvalu=TUV;Uganda=UGA;Ukraine=UKR;United Arab Emirates=ARE
    United Kingdom of Great Britain and Northern Ireland=GBR;United Republic of Tanzania=TZA
    United States of America=USA;Uruguay=URY;Uzbekistan=UZB;Vanuatu=VUT;Venezuela (Bolivarian Republic of)=VEN
    Viet Nam=VNM;Yemen=YEM;Zambia=ZMB;Zimbabwe=ZWE
    """
)

#: Names of economies in tables of the World Bank that differ from those, and some of territories.
WORLD_BANK = names_in(
    """
    Bahamas, The=BHS;British Virgin Islands=VGB;Brunei Darussalam=BRN;Cabo Verde=CPV;Congo, Dem. Rep.=COD
    Congo, Rep.=COG;Cote d'Ivoire=CIV;Côte d’Ivoire=CIV;Curacao=CUW;Czech Republic=CZE;Czechia=CZE
    Egypt, Arab Rep.=EGY;Eswatini=SWZ;Faroe Islands=FRO;French Polynesia=PYF;Gambia, The=GMB;Gibraltar=GIB
    Hong Kong SAR, China=HKG;Iran, Islamic Rep.=IRN;Isle of Man=IMN;Korea, Dem. People's Rep.=PRK
    Korea, Dem. People’s Rep.=PRK;Korea, Dem. Rep.=PRK;Korea, Rep.=KOR;Kosovo=XKX;Kyrgyz Republic=KGZ;Lao PDR=LAO
    Macao SAR, China=MAC;Macedonia, FYR=MKD;Micronesia, Fed. Sts.=FSM;Myanmar=MMR;New Caledonia=NCL
    North Macedonia=MKD;Northern Mariana Islands=MNP;Puerto Rico=PRI;Puerto Rico (US)=PRI;Russian Federation=RUS
    Sao Tome and Principe=STP;São Tomé and Principe=STP;Sint Maarten (Dutch part)=SXM;Slovak Republic=SVK
    Somalia=SOM;Somalia, Fed. Rep.=SOM;St. Kitts and Nevis=KNA;St. Lucia=LCA;St. Martin (French part)=MAF
    St. Vincent and the Grenadines=VCT;Syrian Arab Republic=SYR;Taiwan, China=TWN;Timor-Leste=TLS;Turkey=TUR
    Turkiye=TUR;Türkiye=TUR;Turks and Caicos Islands=TCA;United States=USA;Venezuela, RB=VEN;Viet Nam=VNM
    Vietnam=VNM;Virgin Islands (U.S.)=VIR;West Bank and Gaza=PSE;Yemen, Rep.=YEM;American Samoa=ASM;Guam=GUM
    Greenland=GRL;Swaziland=SWZ;Bermuda=BMU;Aruba=ABW;Cayman Islands=CYM
    """
)

#: Forms that people write: old and new names, brackets and commas, abbreviations, marks of footnotes, Russian.
OTHERS = names_in(
    """
    Moldova, Republic of=MDA;Tanzania, United Republic of=TZA;Iran (Islamic Republic of)=IRN;Türkiye=TUR;TÜRKIYE=TUR
    Turkey=TUR;Turkiye=TUR;Czechia=CZE;Czech Republic=CZE;Eswatini=SWZ;Swaziland=SWZ;Cabo Verde=CPV;Cape Verde=CPV
    North Macedonia=MKD;Macedonia=MKD;FYROM=MKD;former Yugoslav Republic of Macedonia=MKD
    The former Yugoslav Republic of Macedonia=MKD;Myanmar=MMR;Burma=MMR;Côte d'Ivoire=CIV;Ivory Coast=CIV
    Timor-Leste=TLS;East Timor=TLS;Viet Nam=VNM;Vietnam=VNM;Syrian Arab Republic=SYR;Republic of Korea=KOR
    Korea, South=KOR;South Korea=KOR;DPRK=PRK;Korea DPR=PRK;Democratic People's Republic of Korea=PRK;DR Congo=COD
    DRC=COD;Congo-Kinshasa=COD;Congo (Kinshasa)=COD;Congo, Democratic Republic of the=COD
    Democratic Republic of the Congo=COD;Zaire=COD;Republic of the Congo=COG;Congo-Brazzaville=COG;Congo, Rep.=COG
    Congo=COG;Korea=cow:730;UK=GBR;Great Britain=GBR;United Kingdom of Great Britain and Northern Ireland=GBR
    USA=USA;US=USA;United States=USA;U.S.A.=USA;UAE=ARE;Holy See=VAT;Vatican City=VAT;Macau=MAC
    St. Kitts and Nevis=KNA;Saint Kitts and Nevis=KNA;St Kitts and Nevis=KNA;Saint Lucia=LCA;St Lucia=LCA
    Antigua & Barbuda=ATG;Bosnia-Herzegovina=BIH;Bosnia & Herzegovina=BIH;Trinidad & Tobago=TTO;Sao Tome=STP
    Russia (Soviet Union)=RUS;Macedonia (Former Yugoslav Republic of)=MKD;the Russian Federation=RUS;The Gambia=GMB
    the Netherlands=NLD;The Bahamas=BHS;Kirgizia=KGZ;Tadjikistan=TJK;Azerbaidjan=AZE;XKX=XKX;XK=XKX;XKK=XKX;KSV=XKX
    RKS=XKX;Kosovo=XKX;Soviet Union=SUN;USSR=SUN;SUN=SUN;СССР=SUN;Union of Soviet Socialist Republics=SUN;YUG=YUG
    Yugoslavia=YUG;DDR=DDR;East Germany=DDR;West Germany=cow:260;CSK=CSK;Czechoslovakia=CSK;SCG=SCG
    Serbia and Montenegro=SCG;ANT=ANT;YMD=YMD;VDR=VDR;South Yemen=YMD;BUR=MMR;ZAR=COD;DHY=BEN;HVO=BFA;RHO=ZWE
    BYS=BLR;NHB=VUT;TMP=TLS;ROU=ROU;Syria=SYR;NA=NAM;GBR=GBR;DE=DEU;SE=SWE;BY=BLR;Byelorussian SSR=BLR;Palestine=PSE
    Taiwan=TWN;Hong Kong=HKG;Western Sahara=ESH;North Korea=PRK;Laos=LAO;Brunei=BRN;Micronesia=FSM
    North Yemen=cow:678;South Vietnam=cow:817;Republic of Vietnam=cow:817;Austria-Hungary=cow:300;Uzbekistan[a]=UZB
    Uzbekistan*=UZB;Kosovo*=XKX;Russian Fed.=RUS;Россия=RUS;США=USA;Китай=CHN;КНДР=PRK;Республика Корея=KOR
    Великобритания=GBR;ФРГ=DEU;ГДР=DDR;the State of Eritrea=ERI;the State of Palestine=PSE
    Korea (the Republic of)=KOR;Korea (the Democratic People's Republic of)=PRK;Moldova (the Republic of)=MDA
    Congo (the Democratic Republic of the)=COD;Congo (the)=COG;Lao People's Democratic Republic (the)=LAO
    Tanzania, the United Republic of=TZA;Falkland Islands (the) [Malvinas]=FLK;Philippines (the)=PHL;Sudan (the)=SDN
    Niger (the)=NER;United Kingdom of Great Britain and Northern Ireland (the)=GBR;D.R. Congo=COD;Uzbekistan¹=UZB
    St Vincent & the Grenadines=VCT;Bahamas, The=BHS;Guinea Bissau=GNB;Timor Leste=TLS;Congo–Kinshasa=COD
    """
)
