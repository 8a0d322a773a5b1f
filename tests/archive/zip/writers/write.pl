# Packs each FOLDER into OUT with Archive::Zip and IO::Compress::Zip. Usage: perl write.pl FOLDER OUT [FOLDER OUT]...
use strict;
use warnings;
use Archive::Zip qw(:ERROR_CODES);
use File::Find qw(find);
use IO::Compress::Zip qw(zip $ZipError);

while (my ($folder, $out) = splice @ARGV, 0, 2) {
    my @files;
    find({ no_chdir => 1, wanted => sub { push @files, substr $_, 1 + length $folder if -f } }, $folder);
    @files = sort @files;

    my $archive = Archive::Zip->new;
    $archive->addTree($folder, '');
    $archive->writeToFileNamed("$out/Archive-Zip.zip") == AZ_OK or die 'Archive::Zip failed';

    for my $way (['IO-Compress-Zip', 0], ['IO-Compress-Zip, streamed', 1]) {
        my ($name, $stream) = @$way;
        my @paths = map { "$folder/$_" } @files;
        zip \@paths => "$out/$name.zip",
            Stream => $stream, FilterName => sub { substr $_, 0, 1 + length $folder, '' } or die $ZipError;
    }
}
