package judge;

import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * veraPDF over a list of files. A job is: path. An answer is: path, flavour, PASS or FAIL or ERROR, details.
 * Every file is judged as PDF/A-3a and as PDF/UA-1.
 */
public final class VeraPdf {
    private static final PDFAFlavour[] FLAVOURS = {PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1};

    private VeraPdf() {}

    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String[] job : Jobs.read(args[0])) {
            for (PDFAFlavour flavour : FLAVOURS) judge(job[0], flavour);
        }
    }

    private static void judge(String path, PDFAFlavour flavour) {
        // A parser of its own for each flavour: it keeps state of the flavour it was made for.
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            boolean passed = result.isCompliant() && result.getTotalAssertions() > 0;
            Jobs.answer(path, flavour.getId(), passed ? "PASS" : "FAIL",
                passed ? result.getTotalAssertions() + " checks" : violations(result));
        } catch (Exception e) {
            Jobs.answer(path, flavour.getId(), "ERROR", e.toString());
        }
    }

    /** Each violated clause with its count and one sample. */
    private static String violations(ValidationResult result) {
        Map<String, Integer> clauses = new TreeMap<>();
        Map<String, String> samples = new HashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            String clause = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
            clauses.merge(clause, 1, Integer::sum);
            samples.putIfAbsent(clause, assertion.getMessage() + " @ " + assertion.getLocation().getContext());
        }
        StringBuilder text = new StringBuilder();
        clauses.forEach((clause, n) -> text.append(clause).append(" x").append(n).append(": ").append(samples.get(clause)).append("; "));
        return text.toString();
    }
}
