"""The names of the months in the languages of many lists, besides English."""

MONTHS = (
    (
        "janvier enero ene janeiro januar gennaio gen januari tammikuu tammikuuta styczeń "
        "stycznia sty leden ledna led ianuarie ian януари siječanj siječnja sij январь января янв "
        "січень січня січ ocak oca ιανουάριος ιανουαρίου ιαν يناير ژانویه जनवरी มกราคม ม.ค gener "
        "sausis sausio sau janvāris jaanuar jaan"
    ),
    (
        "février fév febrero fevereiro februar febbraio februari helmikuu helmikuuta luty lutego "
        "lut únor února úno februarie февруари фев veljača veljače velj февраль февраля лютий "
        "лютого лют şubat şub φεβρουάριος φεβρουαρίου φεβ فبراير فوریه फ़रवरी กุมภาพันธ์ ก.พ "
        "febrer vasaris vasario vas februāris veebruar veeb"
    ),
    (
        "mars marzo março märz maart mrt marts maaliskuu maaliskuuta marzec marca březen března "
        "bře marec március martie март мар ožujak ožujka ožu марта березень березня бер mart "
        "μάρτιος μαρτίου μάρ maret مارس मार्च มีนาคม มี.ค març kovas kovo kov"
    ),
    (
        "avril avr abril abr aprile huhtikuu huhtikuuta kwiecień kwietnia kwi duben dubna dub "
        "apríl április ápr aprilie април апр travanj travnja tra апрель апреля квітень квітня кві "
        "nisan nis απρίλιος απριλίου απρ إبريل آوریل अप्रैल अप्र เมษายน เม.ย balandis balandžio "
        "bal aprill"
    ),
    (
        "mai mayo maio maggio mag mei maj toukokuu toukokuuta maja květen května kvě május май "
        "svibanj svibnja svi мая травень травня тра mayıs μάιος μαΐου μάι مايو พฤษภาคม พ.ค maig "
        "gegužė gegužės geg maijs"
    ),
    (
        "juin junio junho juni giugno giu kesäkuu kesäkuuta czerwiec czerwca červen června čen "
        "jún június iunie iun юни lipanj lipnja junij июнь июня июн червень червня чер haziran "
        "haz ιούνιος ιουνίου ιούν يونيو ژوئن जून มิถุนายน มิ.ย juny birželis birželio bir jūnijs "
        "juuni"
    ),
    (
        "juillet julio julho juli luglio lug heinäkuu heinäkuuta lipiec lipca červenec července "
        "čec júl július iulie iul юли srpanj srpnja julij июль июля июл липень липня лип temmuz "
        "tem ιούλιος ιουλίου ιούλ يوليو ژوئیه جولای जुलाई जुल กรกฎาคม ก.ค juliol liepa liepos lie "
        "jūlijs juuli"
    ),
    (
        "août aoû agosto ago augustus augusti elokuu elokuuta sierpień sierpnia sie srpen srpna "
        "augusztus август авг kolovoz kolovoza kol avgust avg августа серпень серпня сер ağustos "
        "ağu αύγουστος αυγούστου αύγ agustus أغسطس اوت अगस्त สิงหาคม ส.ค agost rugpjūtis "
        "rugpjūčio rugp augusts"
    ),
    (
        "septembre septiembre setembro set settembre sept syyskuu syyskuuta wrzesień września wrz "
        "září zář szeptember sze septembrie септември сеп rujan rujna ruj сентябрь сентября сен "
        "вересень вересня вер eylül eyl σεπτέμβριος σεπτεμβρίου σεπ سبتمبر سپتامبر सितमबर सितंबर "
        "सित กันยายน ก.ย setembre rugsėjis rugsėjo rugs septembris"
    ),
    (
        "octobre octubre outubro out oktober okt ottobre ott lokakuu lokakuuta październik "
        "października paź říjen října říj octombrie октомври окт октябрь октября жовтень жовтня "
        "жов ekim eki οκτώβριος οκτωβρίου οκτ أكتوبر اکتبر अक्टूबर अक्ट ตุลาคม ต.ค spalis spalio "
        "spa oktobris oktoober"
    ),
    (
        "novembre noviembre novembro marraskuu marraskuuta listopadu noiembrie noi ноември ноем "
        "studeni studenoga stu ноябрь ноября ноя листопад листопада лис kasım kas νοέμβριος "
        "νοεμβρίου νοέ نوفمبر نوامبر नवमबर नवंबर พฤศจิกายน พ.ย lapkritis lapkričio lap novembris"
    ),
    (
        "décembre déc diciembre dic dezembro dez dezember dicembre desember des joulukuu "
        "joulukuuta grudzień grudnia gru prosinec prosince pro decembrie декември дек prosinac "
        "prosinca декабрь декабря грудень грудня гру aralık ara δεκέμβριος δεκεμβρίου δεκ ديسمبر "
        "دسامبر दिसमबर दिसंबर दिस् ธันวาคม ธ.ค desembre gruodis gruodžio grd decembris detsember "
        "dets"
    ),
)
