/**
 * @file Domains that people really have mail at, gathered by hand: none of them is in the program's own lists. The first
 * ones are names of their own that stand within two letters of a mail service's.
 */
const NEAR_A_SERVICE = `
  cloud.com ge.com hp.com ms.com mi.com ey.com 3m.com bp.com macys.com mars.com max.com aon.com apl.com aig.com
  arm.com adm.com aia.com gm.com gsk.com gmv.com tmx.com amx.com imax.com gfk.com gea.com gls.de wdr.de weg.de
  weka.de weber.de mailo.com mahle.com kahoot.com life.com vive.com lidl.com nike.com wire.com five9.com msc.com
  man.com msd.com cnn.com espn.com mcd.com key.com heb.com hess.com hays.com grey.com tata.com tui.com meta.com
  zoom.com zoro.com zopa.com zola.com vk.ru ok.ru mk.ru msk.ru rbc.ru bmw.ru centrum.sk pkp.pl pap.pl tvp.pl
  ee.co.uk libera.it tim.it tnt.it sap.com skf.com sk.com skyy.com sony.com skype.com ski.com atos.net box.net
  juul.com luno.com oi.com.br tesla.com terex.com sika.com sinch.com visa.com asana.com china.com rohm.com
  aver.com navan.com navex.com maven.com poster.de aok.de sol.de afd.de atu.de ahk.de dm.de bmw.de giz.de gew.de
  gdv.de gtz.de wmf.de wwf.de lew.de welt.de man.de maul.de tele2.com tele2.se hcl.com sfl.fr
`;

const UNIVERSITIES = `
  mit.edu harvard.edu stanford.edu berkeley.edu ucla.edu umich.edu yale.edu princeton.edu columbia.edu cornell.edu
  upenn.edu duke.edu uchicago.edu nyu.edu utexas.edu gatech.edu purdue.edu uw.edu ufl.edu osu.edu asu.edu bu.edu
  ox.ac.uk cam.ac.uk imperial.ac.uk ucl.ac.uk kcl.ac.uk lse.ac.uk ed.ac.uk gla.ac.uk manchester.ac.uk leeds.ac.uk
  ethz.ch epfl.ch uzh.ch unibe.ch unibas.ch tum.de lmu.de rwth-aachen.de kit.edu fu-berlin.de hu-berlin.de
  tu-berlin.de uni-heidelberg.de uni-bonn.de uni-koeln.de univie.ac.at tuwien.ac.at sorbonne-universite.fr
  polytechnique.edu ens.fr u-bordeaux.fr unibo.it polimi.it uniroma1.it unimi.it unipd.it uva.nl tudelft.nl
  leidenuniv.nl uu.nl rug.nl kuleuven.be ugent.be ulb.be ku.dk dtu.dk au.dk uu.se kth.se lu.se chalmers.se uio.no
  ntnu.no uib.no helsinki.fi aalto.fi ut.ee lu.lv vu.lt uw.edu.pl agh.edu.pl cuni.cz cvut.cz muni.cz elte.hu bme.hu
  uni-lj.si unizg.hr uoa.gr auth.gr metu.edu.tr boun.edu.tr ucm.es ub.edu upm.es uam.es ulisboa.pt up.pt uc.pt
  tcd.ie ucd.ie utoronto.ca mcgill.ca ubc.ca uwaterloo.ca ualberta.ca unimelb.edu.au sydney.edu.au anu.edu.au
  uq.edu.au monash.edu auckland.ac.nz otago.ac.nz u-tokyo.ac.jp kyoto-u.ac.jp osaka-u.ac.jp snu.ac.kr kaist.ac.kr
  tsinghua.edu.cn pku.edu.cn fudan.edu.cn hku.hk cuhk.edu.hk ntu.edu.tw nus.edu.sg ntu.edu.sg iitb.ac.in iitd.ac.in
  iisc.ac.in usp.br unicamp.br ufrj.br unam.mx itesm.mx uba.ar uchile.cl puc.cl unal.edu.co uct.ac.za wits.ac.za
  cairo.eun.eg huji.ac.il technion.ac.il tau.ac.il
`;

const COMPANIES = `
  apple.com microsoft.com google.com amazon.com ibm.com oracle.com intel.com cisco.com dell.com nvidia.com adobe.com
  salesforce.com netflix.com spotify.com uber.com airbnb.com paypal.com stripe.com shopify.com atlassian.com
  siemens.com bosch.com basf.com bayer.com allianz.de volkswagen.de mercedes-benz.com audi.de porsche.de
  lufthansa.com telekom.de deutschebahn.com dhl.com commerzbank.com deutsche-bank.de adidas.com henkel.com
  zalando.de otto.de nestle.com novartis.com roche.com ubs.com swisscom.com migros.ch abb.com philips.com
  shell.com ing.com rabobank.nl ahold.com heineken.com unilever.com asml.com ikea.com volvo.com ericsson.com
  hm.com klarna.com nokia.com kone.com equinor.com telenor.com maersk.com carlsberg.com novonordisk.com
  total.com renault.com airbus.com loreal.com danone.com carrefour.com bnpparibas.com axa.com thalesgroup.com
  michelin.com sanofi.com eni.com enel.com fiat.com ferrari.com barilla.com generali.com santander.com bbva.com
  telefonica.com iberdrola.com inditex.com repsol.com edp.pt galp.com tesco.com barclays.com hsbc.com vodafone.com
  rolls-royce.com astrazeneca.com bbc.co.uk sainsburys.co.uk johnlewis.co.uk ryanair.com aib.ie orlen.pl mbank.pl
  allegro.pl csob.cz skoda-auto.cz otpbank.hu mol.hu sberbank.ru gazprom.ru turkcell.com.tr garanti.com.tr
  toyota.com honda.com nintendo.co.jp hitachi.com panasonic.com rakuten.com samsung.com lg.com hyundai.com
  kakao.com huawei.com alibaba-inc.com tencent.com xiaomi.com lenovo.com infosys.com wipro.com tcs.com
  petrobras.com.br itau.com.br vale.com bradesco.com.br cemex.com mercadolibre.com bhp.com qantas.com.au
  telstra.com.au westpac.com.au fonterra.com
`;

const PROVIDERS = `
  mailfence.com runbox.com startmail.com disroot.org riseup.net autistici.org infomaniak.ch netcologne.de ewe.net
  arcor.de vodafone.de unity-mail.de chello.at aon.at kabelbw.de swissonline.ch sunrise.ch green.ch quickline.ch
  club-internet.fr aliceadsl.fr numericable.fr cegetel.net katamail.com poste.it fastwebnet.it
  telefonica.net ono.com terra.es netcabo.pt clix.pt upcmail.nl home.nl casema.nl hetnet.nl scarlet.be
  pandora.be post.cz volny.cz tlen.pl gazeta.pl vp.pl poczta.fm freemail.hu citromail.hu abv.bg dir.bg
  otenet.gr forthnet.gr mynet.com superonline.com walla.co.il bezeqint.net eircom.net tele2.nl bredband.net
  spray.se glocalnet.net tdcadsl.dk stofanet.dk online.no broadpark.no elisanet.fi suomi24.fi kolumbus.fi
  telus.net bell.net cogeco.ca nb.sympatico.ca windstream.net frontier.com centurytel.net embarqmail.com
  roadrunner.com suddenlink.net mchsi.com netzero.net excite.com lycos.com iinet.net.au internode.on.net
  dodo.com.au slingshot.co.nz orcon.net.nz mweb.co.za telkomsa.net vsnl.net ig.com.br globo.com r7.com
  prodigy.net.mx speedy.com.ar fibertel.com.ar vtr.net nifty.com biglobe.ne.jp softbank.ne.jp nate.com korea.com
  163.com 126.com yeah.net aliyun.com pchome.com.tw singnet.com.sg pacific.net.sg tm.net.my
`;

const namesIn = (list: string): readonly string[] => list.trim().split(/\s+/);

export const REAL_DOMAINS: readonly string[] = [
  ...new Set([NEAR_A_SERVICE, UNIVERSITIES, COMPANIES, PROVIDERS].flatMap(namesIn)),
];
