// Opens each page as people do: on a wide screen, on a telephone, and on paper. Says what an accessibility check finds, and
// whether anything is cut off.
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { existsSync } from "node:fs";
const require = createRequire(import.meta.url);
const puppeteer = require("puppeteer-core");
const axe = require.resolve("axe-core/axe.min.js");
const [out, ...pages] = process.argv.slice(2);
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const browser = await puppeteer.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"],
});
// A4 landscape without its margins, in CSS pixels.
const PAPER = Math.floor(((297 - 24) / 25.4) * 96);
let faults = 0;
const fault = (page, text) => {
  faults += 1;
  console.log(`${page}: ${text}`);
};
for (const path of pages) {
  const name = `${basename(dirname(path))}-${basename(path, ".html")}`;
  const page = await browser.newPage();
  // The page forbids every script; the check is one.
  await page.setBypassCSP(true);
  for (const width of [1280, 390]) {
    await page.setViewport({ width, height: 900 });
    await page.goto(pathToFileURL(path).href);
    await page.addScriptTag({ path: axe });
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const violation of found.violations) {
      fault(name, `${width}px ${violation.id}: ${violation.help}: ${violation.nodes[0].html.slice(0, 160)}`);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) fault(name, `${width}px: the page itself is ${overflow} px too wide`);
    await page.screenshot({ path: join(out, `${name}-${width}.png`), fullPage: true });
  }
  await page.emulateMediaType("print");
  await page.setViewport({ width: PAPER, height: 700 });
  const cut = await page.evaluate(
    (paper) => [...document.querySelectorAll("table, svg, p, dl")].filter((it) => it.getBoundingClientRect().right > paper + 1).length,
    PAPER,
  );
  if (cut > 0) fault(name, `on paper ${cut} elements are cut off`);
  await page.pdf({ path: join(out, `${name}.pdf`), preferCSSPageSize: true });
  await page.close();
}
await browser.close();
console.log(`${pages.length} pages, ${faults} faults`);
process.exit(faults > 0 ? 1 : 0);
