package goods;

/** So many pieces of an article. */
public record Position(String article, int quantity) {}
