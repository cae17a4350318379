"""Makes what the documentation is besides its text: pictures, the offline pages, documents to print."""
