// Runs one notebook in the classic Jupyter Notebook with a real, headless Chromium, as a reader would:
// all cells, then looks at what is on the page. Nothing is saved back.
//
// usage: node browser.mjs http://127.0.0.1:PORT NOTEBOOK.ipynb OUT_DIRECTORY FEWEST_PICTURES
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Ask for the driver through NODE_PATH, where .ci/run has put it.
const { chromium } = createRequire(import.meta.url)('playwright-core');

const [address, notebook, out, fewest] = process.argv.slice(2);
const limit = 15 * 60 * 1000;
const profile = mkdtempSync(join(tmpdir(), 'condgen-browser-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  headless: true,
  viewport: { width: 1280, height: 900 },
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

// What the page shows, in the page's own terms.
const look = () => {
  const cells = Jupyter.notebook.get_cells().filter((c) => c.cell_type === 'code' && c.get_text().trim());
  const shown = (e) => (e.tagName === 'IMG' ? e.complete && e.naturalWidth > 0 : e.getBoundingClientRect().width > 0);
  const pictures = [...document.querySelectorAll('.output_area img, .output_area .output_svg svg, .output_area .output_html svg')];
  return {
    cells: cells.length,
    running: cells.filter((c) => c.input_prompt_number === '*').length,
    done: cells.filter((c) => Number.isInteger(c.input_prompt_number)).length,
    errors: cells.flatMap((c) => c.output_area.outputs)
      .filter((o) => o.output_type === 'error').map((o) => `${o.ename}: ${o.evalue}`),
    pictures: pictures.filter(shown).length,
    broken: pictures.filter((e) => !shown(e)).length,
  };
};

let good = false;
try {
  const page = await browser.newPage();
  // The page saves by itself now and then; the clone must stay as it is.
  await page.route('**/api/contents/**', (route) =>
    ['PUT', 'POST', 'PATCH'].includes(route.request().method()) ? route.fulfill({ status: 403 }) : route.continue());
  await page.goto(`${address}/notebooks/${notebook}?token=${process.env.JUPYTER_TOKEN ?? ''}`);
  await page.waitForFunction(() => window.Jupyter?.notebook?._fully_loaded && Jupyter.notebook.kernel?.is_connected(),
    null, { timeout: 120_000 });
  const kernel = await page.evaluate(() => Jupyter.notebook.kernel.name);
  await page.evaluate(() => {
    Jupyter.notebook.set_autosave_interval(0);
    Jupyter.notebook.clear_all_output();
    Jupyter.notebook.execute_all_cells();
  });
  const begun = Date.now();
  let seen;
  do {
    await page.waitForTimeout(500);
    seen = await page.evaluate(look);
  } while (seen.done < seen.cells && !seen.errors.length && Date.now() - begun < limit);
  await page.waitForTimeout(1500); // the last pictures decode
  seen = await page.evaluate(look);

  const height = await page.evaluate(() => document.querySelector('#site').scrollHeight);
  const views = Math.min(12, Math.max(1, Math.ceil(height / 800)));
  for (let view = 0; view < views; view++) {
    await page.evaluate((y) => document.querySelector('#site').scrollTo(0, y), (view * Math.max(0, height - 800)) / Math.max(1, views - 1));
    await page.waitForTimeout(200);
    const number = String(view + 1).padStart(2, '0');
    await page.screenshot({ path: join(out, `${notebook.replace('.ipynb', '')}-${number}.png`) });
  }
  console.log(`kernel ${kernel}, ${((Date.now() - begun) / 1000).toFixed(0)} s:`, JSON.stringify(seen));
  good = seen.cells > 0 && seen.done === seen.cells && !seen.errors.length && !seen.broken && seen.pictures >= Number(fewest);
  await page.evaluate(() => new Promise((done) => Jupyter.notebook.session.delete(done, done)));
} catch (problem) {
  console.log(String(problem));
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
process.exit(good ? 0 : 1);
