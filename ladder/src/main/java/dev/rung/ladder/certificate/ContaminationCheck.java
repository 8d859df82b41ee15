package dev.rung.ladder.certificate;

import dev.rung.core.json.Json;
import dev.rung.ladder.certificate.Verification.Check;
import java.util.List;

/** Checks what a certificate says of sealed rows that repeat others: that they add up, and that too many of them were waived in writing. Stateless. */
final class ContaminationCheck {
    private static final double MOST = 0.10;

    private ContaminationCheck() {}

    static List<Check> of(Json.Obj certificate) {
        if (!(certificate.object("data").get("contamination") instanceof Json.Obj said)) {
            return List.of(); // written before contamination was looked for
        }
        int sealed = said.number("sealed").intValueExact();
        int contaminated = said.number("contaminated").intValueExact();
        int setAside = said.number("set_aside").intValueExact();
        int certifying = certificate
                .object("data")
                .object("splits")
                .object("sealed")
                .number("rows")
                .intValueExact();
        String waiver = said.require("waiver") instanceof Json.Str(String reason) ? reason : "";
        // Rows that stand in a regression set are set aside as well, and are not counted here.
        if (certifying > sealed - setAside) {
            return fault(certifying + " rows certify, of " + sealed + " less " + setAside + " set aside");
        }
        if (setAside != (waiver.isBlank() ? contaminated : 0)) {
            return fault(setAside + " of " + contaminated + " contaminated rows are set aside");
        }
        if (waiver.isBlank() && contaminated > MOST * sealed) {
            return fault(contaminated + " of " + sealed + " sealed rows are contaminated, and nobody waived it");
        }
        return List.of(new Check(
                "contamination",
                true,
                contaminated + " of " + sealed + " sealed rows say what other rows say; "
                        + (waiver.isBlank() ? "set aside" : "waived: " + waiver)));
    }

    private static List<Check> fault(String what) {
        return List.of(new Check("contamination", false, what));
    }
}
