package judge;

import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonCertificateSource;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * EU DSS over a list of files. A job is: path, folder of the PKI, number of signatures, number of document
 * timestamps. An answer per file is: path, "file", PASS or FAIL or ERROR, details; and one per signature:
 * path, field, PASS or FAIL, details.
 *
 * A signature passes when it is intact, its byte range is valid, later revisions hold no undefined change, its
 * level is a PAdES baseline one and its indication is TOTAL_PASSED with the CRLs of the folder.
 */
public final class Dss {
    private Dss() {}

    /** What is trusted in one PKI folder. */
    private record Trust(CommonTrustedCertificateSource anchors, CommonCertificateSource others, List<byte[]> crls) {
        static Trust of(String folder) throws Exception {
            CommonTrustedCertificateSource anchors = new CommonTrustedCertificateSource();
            CommonCertificateSource others = new CommonCertificateSource();
            for (File file : Jobs.filesIn(folder, ".crt.pem")) {
                CertificateToken certificate = DSSUtils.loadCertificate(file);
                if (certificate.isSelfSigned()) anchors.addCertificate(certificate); else others.addCertificate(certificate);
            }
            List<byte[]> crls = new ArrayList<>();
            for (File file : Jobs.filesIn(folder, ".crl")) crls.add(Files.readAllBytes(file.toPath()));
            return new Trust(anchors, others, crls);
        }

        /** A verifier that reaches no network: what is needed must be in the file or in the folder. */
        CommonCertificateVerifier verifier() {
            CommonCertificateVerifier verifier = new CommonCertificateVerifier();
            verifier.setAIASource(null);
            verifier.addTrustedCertSources(anchors);
            verifier.addAdjunctCertSources(others);
            if (!crls.isEmpty()) {
                InputStream[] streams = crls.stream().map(java.io.ByteArrayInputStream::new).toArray(InputStream[]::new);
                verifier.setCrlSource(new ExternalResourcesCRLSource(streams));
            }
            return verifier;
        }
    }

    public static void main(String[] args) throws Exception {
        Map<String, Trust> trusts = new HashMap<>();
        for (String[] job : Jobs.read(args[0])) {
            try {
                if (!trusts.containsKey(job[1])) trusts.put(job[1], Trust.of(job[1]));
                judge(job[0], trusts.get(job[1]), Integer.parseInt(job[2]), Integer.parseInt(job[3]));
            } catch (Exception e) {
                Jobs.answer(job[0], "file", "ERROR", e.toString());
            }
        }
    }

    private static void judge(String path, Trust trust, int signatures, int timestamps) {
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(path));
        validator.setCertificateVerifier(trust.verifier());
        Reports reports = validator.validateDocument();
        SimpleReport simple = reports.getSimpleReport();

        int found = simple.getSignatureIdList().size();
        int foundTimestamps = 0;
        boolean timestampsPass = true;
        StringBuilder said = new StringBuilder();
        for (TimestampWrapper timestamp : reports.getDiagnosticData().getTimestampList()) {
            if (!timestamp.getType().isDocumentTimestamp()) continue;
            foundTimestamps++;
            Indication indication = simple.getIndication(timestamp.getId());
            boolean passed = timestamp.isMessageImprintDataIntact() && timestamp.isSignatureValid()
                && (indication == Indication.PASSED || indication == Indication.TOTAL_PASSED);
            timestampsPass &= passed;
            said.append(", timestamp ").append(timestamp.getProductionTime().toInstant()).append(' ').append(indication)
                .append(' ').append(simple.getSubIndication(timestamp.getId()))
                .append(passed ? "" : " " + simple.getAdESValidationErrors(timestamp.getId()).stream().map(m -> m.getValue()).toList());
        }
        boolean whole = found == signatures && foundTimestamps == timestamps && timestampsPass;
        Jobs.answer(path, "file", whole ? "PASS" : "FAIL",
            found + " of " + signatures + " signatures, " + foundTimestamps + " of " + timestamps + " document timestamps" + said);

        for (String id : simple.getSignatureIdList()) {
            SignatureWrapper signature = reports.getDiagnosticData().getSignatureById(id);
            boolean intact = signature.isSignatureIntact() && signature.isSignatureValid() && signature.isSignatureByteRangeValid();
            boolean unchanged = signature.getPdfUndefinedChanges().isEmpty();
            boolean baseline = simple.getSignatureFormat(id).toString().startsWith("PAdES-BASELINE-");
            boolean passed = intact && unchanged && baseline && simple.getIndication(id) == Indication.TOTAL_PASSED;
            Jobs.answer(path, signature.getFirstFieldName(), passed ? "PASS" : "FAIL",
                String.join(", ", intact ? "intact" : "BROKEN", unchanged ? "no undefined change" : "UNDEFINED CHANGES",
                    simple.getSignatureFormat(id).toString(), simple.getIndication(id) + " " + simple.getSubIndication(id),
                    simple.getSignedBy(id),
                    simple.getAdESValidationErrors(id).stream().map(m -> m.getValue()).toList().toString()));
        }
    }
}
