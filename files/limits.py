"""A request that is far too large is not read to its end."""

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from files.uploading import largest

# The words of a form, and the frame around its files.
AROUND = 6 * 1024 * 1024


class LimitedUpload(FileUploadHandler):
    """Stops at the first file of a request that is larger than any we take. What the
    form said before that file is kept; ``request.is_too_large`` tells the view."""

    def handle_raw_input(
        self, input_data, META, content_length, boundary, encoding=None
    ):
        """Judge by what the request says of itself."""
        self.is_too_large = content_length > largest() + AROUND
        self.request.is_too_large = self.is_too_large

    def new_file(self, *args, **kwargs):
        """Leave the rest unread.

        Raises:
            StopUpload: the request is too large.
        """
        if self.is_too_large:
            raise StopUpload(connection_reset=True)
        return super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        """Hand on."""
        return raw_data

    def file_complete(self, file_size):
        """Others keep it."""
