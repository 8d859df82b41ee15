package dev.rung.ladder.distil;

import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.OutputContract;
import dev.rung.ladder.climb.Proposal;
import dev.rung.ladder.climb.RungBuilder;
import dev.rung.ladder.climb.Site;
import dev.rung.learn.StudentShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The distil rung for tasks whose output is a label: one candidate for each shape of student, the cheapest first. */
public final class DistilRung implements RungBuilder {
    private static final int LEAST_EXAMPLES_A_LABEL = 2;

    @Override
    public Rung rung() {
        return Rung.DISTIL;
    }

    @Override
    public List<Proposal> propose(Site site) {
        return switch (site.task().output()) {
            case OutputContract.Labels labels -> students(site, labels);
            case OutputContract.Fields fields ->
                List.of(new Proposal.LeftOut("student", "students answer with labels; this task's output is a record"));
            case OutputContract.Text text ->
                List.of(new Proposal.LeftOut(
                        "student", "students answer with labels; this task's output is free text"));
        };
    }

    /**
     * Chooses between a student taught on {@code train} alone and one taught on what a validated solution labelled, too: the better one on {@code tune}, which
     * costs no error.
     */
    private static final class Choice {
        private final Site site;
        private final OutputContract.Labels labels;
        private final StudentSchool plain;
        private @Nullable TaughtRows taught;
        private @Nullable StudentSchool extended;

        Choice(Site site, OutputContract.Labels labels) {
            this.site = site;
            this.labels = labels;
            this.plain = new StudentSchool(site, labels, TaughtRows.NONE);
        }

        Solver of(StudentShape shape) {
            Solver alone = plain.graduate(shape);
            TaughtRows rows = taught == null ? TaughtRows.of(site, labels) : taught;
            taught = rows;
            if (rows.isEmpty()) {
                return alone;
            }
            StudentSchool school = extended == null ? new StudentSchool(site, labels, rows) : extended;
            extended = school;
            Solver more = school.graduate(shape);
            boolean better = right(more) > right(alone);
            (better ? alone : more).close();
            return better ? more : alone;
        }

        private long right(Solver student) {
            return site.tune().stream()
                    .filter(row -> student.answer(row.input()).output().equals(row.label()))
                    .count();
        }
    }

    private static List<Proposal> students(Site site, OutputContract.Labels labels) {
        Choice choice = new Choice(site, labels);
        List<Proposal> proposals = new ArrayList<>();
        int examples = site.train().size();
        int wanted = LEAST_EXAMPLES_A_LABEL * labels.descriptions().size();
        for (StudentShape shape : StudentShape.values()) {
            if (examples < wanted) {
                proposals.add(new Proposal.LeftOut(
                        shape.title(),
                        "there are " + examples + " labelled examples to learn from; " + wanted
                                + " are needed, two a label"));
            } else if (shape.needsVector() && site.encoder() == null) {
                proposals.add(new Proposal.LeftOut(shape.title(), "the sentence encoder cannot be used here"));
            } else {
                proposals.add(new Proposal.Buildable(shape.title(), () -> choice.of(shape)));
            }
        }
        return proposals;
    }
}
