package dev.rung.ladder.retrieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/** BM25 over short texts in memory (Robertson and Zaragoza 2009), by Lucene; thread-safe. */
final class LexicalIndex implements AutoCloseable {
    private static final String TEXT = "text";
    private static final String NUMBER = "number";
    /** Lucene refuses queries of more clauses; a longer question is cut, which its first thousand words survive. */
    private static final int MOST_TERMS = 1024;

    private final Analyzer analyzer = new EnglishAnalyzer();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    LexicalIndex(List<String> texts) {
        try {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
                for (int number = 0; number < texts.size(); number++) {
                    Document document = new Document();
                    document.add(new TextField(TEXT, texts.get(number), Field.Store.NO));
                    document.add(new StoredField(NUMBER, number));
                    writer.addDocument(document);
                }
            }
            reader = DirectoryReader.open(directory);
            searcher = new IndexSearcher(reader);
            searcher.setSimilarity(new BM25Similarity());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot index in memory", e);
        }
    }

    /** Returns the numbers of the {@code most} best texts with their scores, best first; fewer where fewer share a word. */
    SequencedMap<Integer, Double> search(String question, int most) {
        try {
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            terms(question).keySet().stream()
                    .limit(MOST_TERMS)
                    .forEach(term -> query.add(
                            new TermQuery(new org.apache.lucene.index.Term(TEXT, term)), BooleanClause.Occur.SHOULD));
            SequencedMap<Integer, Double> found = new LinkedHashMap<>();
            StoredFields stored = searcher.storedFields();
            for (ScoreDoc hit : searcher.search(query.build(), most).scoreDocs) {
                Number number = stored.document(hit.doc).getField(NUMBER).numericValue();
                found.put(number.intValue(), (double) hit.score);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot search in memory", e);
        }
    }

    private Map<String, Integer> terms(String text) throws IOException {
        Map<String, Integer> terms = new LinkedHashMap<>();
        try (var stream = analyzer.tokenStream(TEXT, text)) {
            var term = stream.addAttribute(org.apache.lucene.analysis.tokenattributes.CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.merge(term.toString(), 1, Integer::sum);
            }
            stream.end();
        }
        return terms;
    }

    @Override
    public void close() {
        try {
            reader.close();
            directory.close();
            analyzer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close an index in memory", e);
        }
    }
}
