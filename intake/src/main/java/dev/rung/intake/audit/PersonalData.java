package dev.rung.intake.audit;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Personal data that a text seems to contain: by form, and by check digits where the form has them. */
final class PersonalData {
    /** What is looked for. */
    enum Kind {
        EMAIL("e-mail addresses"),
        PHONE("phone numbers"),
        CARD("card numbers"),
        IBAN("bank accounts (IBAN)"),
        IP_ADDRESS("IP addresses");

        private final String plural;

        Kind(String plural) {
            this.plural = plural;
        }

        String plural() {
            return plural;
        }
    }

    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(\\.[\\w-]{2,63}){1,5}");
    private static final Pattern PHONE = Pattern.compile(
            "(?<![\\w.-])(\\+\\d{1,3}[ .-]?)?(\\(\\d{2,4}\\)[ .-]?)?\\d{2,4}[ .-]\\d{2,4}([ .-]\\d{2,5}){0,3}(?![\\w-])");
    private static final Pattern DIGITS = Pattern.compile("(?<!\\d)\\d(?:[ -]?\\d){12,18}(?!\\d)");
    private static final Pattern IBAN =
            Pattern.compile("\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b");
    private static final Pattern IP_ADDRESS = Pattern.compile(
            "(?<![\\d.])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\d.])");
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);
    private static final int LONGEST = 20_000;

    private PersonalData() {}

    /** Returns what {@code text} seems to contain; of very long texts the first {@value #LONGEST} characters are read. */
    static Set<Kind> in(String text) {
        Set<Kind> found = EnumSet.noneOf(Kind.class);
        String read = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        boolean digits = read.chars().anyMatch(c -> c >= '0' && c <= '9');
        if (read.indexOf('@') >= 0 && EMAIL.matcher(read).find()) {
            found.add(Kind.EMAIL);
        }
        if (!digits) {
            return found;
        }
        if (matches(DIGITS, read, PersonalData::isCard)) {
            found.add(Kind.CARD);
        } else if (matches(PHONE, read, PersonalData::isPhone)) {
            found.add(Kind.PHONE);
        }
        if (matches(IBAN, read, PersonalData::isIban)) {
            found.add(Kind.IBAN);
        }
        if (IP_ADDRESS.matcher(read).find()) {
            found.add(Kind.IP_ADDRESS);
        }
        return found;
    }

    private static boolean matches(Pattern form, String text, java.util.function.Predicate<String> check) {
        Matcher matcher = form.matcher(text);
        while (matcher.find()) {
            if (check.test(matcher.group())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPhone(String candidate) {
        long digits = candidate.chars().filter(Character::isDigit).count();
        boolean date = candidate.matches("\\d{1,4}[.-]\\d{1,2}[.-]\\d{1,4}");
        return !date && digits >= 7 && digits <= 15;
    }

    /** The check digit of ISO/IEC 7812 (Luhn). */
    private static boolean isCard(String candidate) {
        String digits = candidate.replaceAll("\\D", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0 && digits.chars().distinct().count() > 1;
    }

    /** The check digits of ISO 13616: letters as numbers, the first four characters last, remainder 1 by 97. */
    private static boolean isIban(String candidate) {
        String plain = candidate.replace(" ", "").toUpperCase(Locale.ROOT);
        if (plain.length() < 15 || plain.length() > 34) {
            return false;
        }
        StringBuilder number = new StringBuilder();
        for (char c : (plain.substring(4) + plain.substring(0, 4)).toCharArray()) {
            number.append(Character.digit(c, 36));
        }
        return new BigInteger(number.toString()).mod(NINETY_SEVEN).intValue() == 1;
    }
}
