package dev.rung.core.evidence.judge;

import dev.rung.core.statistics.Binomial;
import dev.rung.core.statistics.Interval;
import dev.rung.core.statistics.Normal;

/**
 * Cohen's kappa (1960, "A coefficient of agreement for nominal scales") with the large-sample variance of Fleiss, Cohen and Everitt (1969, "Large sample
 * standard errors of kappa and weighted kappa"). Not a number where both always say the same one thing, since chance alone would then agree as well.
 */
final class Kappa {
    private Kappa() {}

    static double of(Agreement table) {
        double chance = chance(table);
        return table.n() == 0 || chance == 1 ? Double.NaN : (observed(table) - chance) / (1 - chance);
    }

    // Agreement without exception shows no variance; then the exact bound on the agreement is put in its place.
    static Interval interval(Agreement table, double confidence) {
        double kappa = of(table);
        if (Double.isNaN(kappa)) {
            return new Interval(Double.NaN, Double.NaN);
        }
        if (observed(table) == 1) {
            double chance = chance(table);
            double least = Binomial.lowerBound(table.n(), table.n(), (1 - confidence) / 2);
            return new Interval((least - chance) / (1 - chance), 1);
        }
        double reach = -Normal.quantile((1 - confidence) / 2) * StrictMath.sqrt(unitVariance(table) / table.n());
        return new Interval(Math.max(-1, kappa - reach), Math.min(1, kappa + reach));
    }

    /** Returns the variance of kappa times the number of answers. */
    static double unitVariance(Agreement table) {
        double n = table.n();
        double[][] p = {{table.bothAccept() / n, table.onlyJudge() / n}, {table.onlyHuman() / n, table.bothReject() / n}
        };
        double[] judge = {p[0][0] + p[0][1], p[1][0] + p[1][1]};
        double[] human = {p[0][0] + p[1][0], p[0][1] + p[1][1]};
        double observed = observed(table);
        double chance = chance(table);
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double weight = i == j
                        ? (1 - chance) - (judge[i] + human[i]) * (1 - observed)
                        : (1 - observed) * (human[i] + judge[j]);
                sum += p[i][j] * weight * weight;
            }
        }
        double shift = observed * chance - 2 * chance + observed;
        return (sum - shift * shift) / StrictMath.pow(1 - chance, 4);
    }

    private static double observed(Agreement table) {
        return (double) (table.bothAccept() + table.bothReject()) / table.n();
    }

    private static double chance(Agreement table) {
        double n = table.n();
        double judge = (table.bothAccept() + table.onlyJudge()) / n;
        double human = (table.bothAccept() + table.onlyHuman()) / n;
        return judge * human + (1 - judge) * (1 - human);
    }
}
