"""wiredesk: news feeds in, clean articles with stories, entities and attributed quotes out."""

__version__ = "0.1.0"
