package dev.rung.ladder.simulation;

import dev.rung.core.json.Json;
import java.util.List;

/**
 * What one experiment found.
 *
 * @param text what was simulated, in a few sentences
 */
public record Section(String title, String text, List<Grid> grids, List<Drawing> drawings, List<Claim> claims) {
    public Section {
        grids = List.copyOf(grids);
        drawings = List.copyOf(drawings);
        claims = List.copyOf(claims);
    }

    public Json.Obj toJson() {
        return Json.object(
                "section", Json.of(title),
                "claims", Json.array(claims.stream().<Json>map(Claim::toJson).toList()),
                "tables", Json.array(grids.stream().<Json>map(Grid::toJson).toList()));
    }
}
