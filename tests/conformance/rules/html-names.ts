/*
 * Names of HTML. An element that is known and not accepted is one that can run, load or frame
 * something, or steps out of the place where a reader shows the entry.
 */
const words = (text: string) => new Set(text.split(/\s+/).filter((word) => word !== ''))

export const acceptedElements = words(`
  a abbr address article aside b bdi big blockquote br caption cite code col colgroup dd del
  details dfn dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main
  mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup
  table tbody td tfoot th thead time tr u ul var wbr audio video track div`)

const refusedElements = words(`
  acronym applet area base basefont body button canvas center comment command datalist dialog dir
  embed fieldset font form frame frameset head html iframe input isindex label legend link listing
  map menu meta meter noframes noscript object optgroup option output param plaintext progress
  script select slot strike style template textarea title tt xmp marquee blink svg math`)

export const htmlElements = new Set([...acceptedElements, ...refusedElements])

/** Neither what acts (`on…`) nor what HTML has given up (`align`, `bgcolor`, `border`). */
export const acceptedAttributes = words(`
  abbr alt cite class colspan controls datetime dir headers height href hreflang id lang media
  open poster preload rel reversed rowspan scope sizes span src srclang srcset start target title
  type value width`)
