# Packs each FOLDER into OUT with rubyzip: onto disk, and as a stream. Usage: ruby write.rb FOLDER OUT [FOLDER OUT]...
require "zip"

Zip.unicode_names = true

ARGV.each_slice(2) do |folder, out|
  files = Dir.glob("**/*", base: folder).sort.select { |name| File.file?(File.join(folder, name)) }
  Zip::File.open(File.join(out, "rubyzip.zip"), Zip::File::CREATE) do |archive|
    files.each { |name| archive.add(name, File.join(folder, name)) }
  end
  stream = Zip::OutputStream.write_buffer do |archive|
    files.each do |name|
      archive.put_next_entry(name)
      archive.write(File.binread(File.join(folder, name)))
    end
  end
  File.binwrite(File.join(out, "rubyzip, streamed.zip"), stream.string)
end
