package dev.rung.ladder.certificate;

import dev.rung.core.json.Json;
import dev.rung.ladder.certificate.Verification.Check;
import java.util.List;

/** Checks what a certificate says of sealed rows that repeat others: that they add up, and that too many of them were waived in writing. Stateless. */
final class ContaminationCheck {
    private static final double MOST = 0.10;

    private ContaminationCheck() {}

    static List<Check> of(Json.Obj certificate) {
        Json.Obj data = certificate.object("data");
        Json.Obj said = data.object("contamination");
        int mended = data.number("in_regression_sets").intValueExact();
        int sealed = said.number("sealed").intValueExact();
        int contaminated = said.number("contaminated").intValueExact();
        int setAside = said.number("set_aside").intValueExact();
        int certifying = data.object("splits").object("sealed").number("rows").intValueExact();
        String waiver = said.require("waiver") instanceof Json.Str(String reason) ? reason : "";
        if (mended < 0 || certifying != sealed - setAside - mended) {
            return fault(certifying + " rows certify, of " + sealed + " less " + setAside + " contaminated ones and "
                    + mended + " in regression sets");
        }
        if (setAside != (waiver.isBlank() ? contaminated : 0)) {
            return fault(setAside + " of " + contaminated + " contaminated rows are set aside");
        }
        if (waiver.isBlank() && contaminated > MOST * sealed) {
            return fault(contaminated + " of " + sealed + " sealed rows are contaminated, and nobody waived it");
        }
        return List.of(new Check("contamination", true, sentence(sealed, contaminated, mended, waiver)));
    }

    private static String sentence(int sealed, int contaminated, int mended, String waiver) {
        String said = contaminated == 0
                ? "none of " + sealed + " sealed rows says what other rows say"
                : contaminated + " of " + sealed + " sealed rows say what other rows say; "
                        + (waiver.isBlank() ? "set aside" : "waived: " + waiver);
        return mended == 0 ? said : said + "; " + mended + " more set aside for regression sets";
    }

    private static List<Check> fault(String what) {
        return List.of(new Check("contamination", false, what));
    }
}
