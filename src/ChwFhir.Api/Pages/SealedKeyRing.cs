using System.Xml.Linq;
using ChwFhir.Queue;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Pages;

/// <summary>The keys that sessions are sealed with lie in files beside the store; sealed as the store is, they open for nobody who has only the files.</summary>
internal sealed class SealedKeyRing(NoteStore store, DirectoryInfo directory, ILoggerFactory logs) : IXmlEncryptor, IConfigureOptions<KeyManagementOptions>
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("sealedByTheStore", Convert.ToBase64String(store.SealKey(System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting))))), typeof(Opener));

    public void Configure(KeyManagementOptions options) => (options.XmlRepository, options.XmlEncryptor) = (new SealedKeyFiles(directory, logs), this);

    /// <summary>Named in the files: it keeps its name.</summary>
    internal sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) =>
            XElement.Parse(System.Text.Encoding.UTF8.GetString(services.GetRequiredService<NoteStore>().OpenKey(Convert.FromBase64String(encryptedElement.Value))));
    }
}
