"""The platform: Lianfang as a web application of one organisation."""
