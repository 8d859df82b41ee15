package dev.rung.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the report in the Chromium of this machine, where there is one. */
final class ReportInBrowserTest {
    @Test
    void a_report_fits_wide_and_narrow_screens_in_light_and_dark_without_an_error_or_a_request(@TempDir Path folder)
            throws IOException {
        Path chromium = chromium();
        assumeTrue(chromium != null, "no Chromium on this machine");
        Playwright.CreateOptions quiet =
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        BrowserType.LaunchOptions here = new BrowserType.LaunchOptions()
                .setExecutablePath(chromium)
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking"));
        try (Playwright playwright = Playwright.create(quiet);
                Browser browser = playwright.chromium().launch(here)) {
            Map<String, ClimbSummary> climbs = Map.of("met", SampleClimb.met(), "not-met", SampleClimb.notMet());
            for (Map.Entry<String, ClimbSummary> climb : climbs.entrySet()) {
                Path file = folder.resolve(climb.getKey() + ".html");
                Files.writeString(file, ReportPage.of(climb.getValue()));
                for (int width : new int[] {1200, 1153, 1000, 600, 390, 320}) {
                    check(browser, file, width, ColorScheme.LIGHT);
                    check(browser, file, width, ColorScheme.DARK);
                }
            }
        }
    }

    private static void check(Browser browser, Path file, int width, ColorScheme scheme) {
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme))) {
            Page page = context.newPage();
            List<String> errors = new ArrayList<>();
            List<String> requests = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    errors.add(message.text());
                }
            });
            page.onPageError(errors::add);
            page.onDialog(dialog -> {
                errors.add("a script ran: " + dialog.message());
                dialog.dismiss();
            });
            page.onRequest(request -> requests.add(request.url()));

            page.navigate(file.toUri().toString());

            String where = file.getFileName() + " at " + width + " pixels, " + scheme;
            assertThat(errors).as(where).isEmpty();
            assertThat(requests).as(where).hasSize(1);
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as("width of " + where)
                    .isEqualTo(width);
            assertThat(page.locator("h1").count()).as("headlines of " + where).isEqualTo(1);
            assertThat(page.evaluate(LOWEST_CONTRAST))
                    .as("lowest contrast of text in " + where)
                    .satisfies(
                            ratio -> assertThat(((Number) ratio).doubleValue()).isGreaterThanOrEqualTo(4.5));
        }
    }

    // WCAG 2.2, success criterion 1.4.3: relative luminance and contrast, over all elements that hold text of their
    // own.
    private static final String LOWEST_CONTRAST = """
            (() => {
              const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
              const light = rgb => { const [r, g, b] = rgb.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
              const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
              let lowest = 21;
              for (const e of document.querySelectorAll('body *')) {
                if (e.closest('svg') || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
                const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
                lowest = Math.min(lowest, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
              }
              return lowest;
            })()
            """;

    private static @Nullable Path chromium() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            for (String name : new String[] {"chromium", "chromium-browser", "google-chrome"}) {
                Path file = Path.of(folder, name);
                if (Files.isExecutable(file)) {
                    return file;
                }
            }
        }
        return null;
    }
}
